import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeEach, expect, it, onTestFinished } from "vitest"
import { TreeWatch } from "../../../../../cli/commands/dev/watch.js"
import { temporaryFolder } from "../../image/make-archive.js"

let root: string
let seen: string[]

beforeEach(() => {
  root = temporaryFolder()
  mkdirSync(join(root, "cmd/api"), { recursive: true })
  mkdirSync(join(root, "ignored/deep"), { recursive: true })
  writeFileSync(join(root, "cmd/api/main.go"), "one")
  seen = []
  const watch = new TreeWatch(root, {
    isWatched: (folder) => folder !== "ignored",
    onChange: (path) => seen.push(path),
    onLimit: (error) => {
      throw error
    },
  })
  onTestFinished(() => {
    watch.close()
  })
})

function write(path: string, text = "x"): void {
  writeFileSync(join(root, path), text)
}

/** Does it, and waits until that was seen. */
async function sees(path: string, act: () => void): Promise<void> {
  seen = []
  act()
  await expect.poll(() => seen, { interval: 5, timeout: 20_000 }).toContain(path)
}

it("sees an edit, and each after a save by way of a rename", async () => {
  await sees("cmd/api/main.go", () => {
    write("cmd/api/main.go", "two")
  })
  for (const round of ["three", "four"]) {
    await sees("cmd/api/main.go", () => {
      write("cmd/api/main.go~", round)
      renameSync(join(root, "cmd/api/main.go~"), join(root, "cmd/api/main.go"))
    })
    await sees("cmd/api/main.go", () => {
      write("cmd/api/main.go", `${round} again`)
    })
  }
})

it("sees what comes into new folders, renamed ones, and ones that take the place of others", async () => {
  await sees("new", () => {
    mkdirSync(join(root, "new/deep/er"), { recursive: true })
  })
  await sees("new/deep/er/x.go", () => {
    write("new/deep/er/x.go")
  })
  await sees("moved", () => {
    renameSync(join(root, "new"), join(root, "moved"))
  })
  await sees("moved/deep/er/x.go", () => {
    write("moved/deep/er/x.go", "y")
  })
  expect(seen.filter((path) => path.startsWith("new"))).toEqual([])
  await sees("cmd", () => {
    rmSync(join(root, "cmd"), { recursive: true })
    renameSync(join(root, "moved"), join(root, "cmd"))
  })
  await sees("cmd/deep/er/x.go", () => {
    write("cmd/deep/er/x.go", "z")
  })
})

it("sees what is removed", async () => {
  await sees("cmd/api/main.go", () => {
    rmSync(join(root, "cmd/api/main.go"))
  })
})

it("does not look into folders that are not watched", async () => {
  write("ignored/deep/x")
  await sees("cmd/api/y.go", () => {
    write("cmd/api/y.go")
  })
  expect(seen.filter((path) => path.startsWith("ignored"))).toEqual([])
})
