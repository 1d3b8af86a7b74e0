import { randomUUID } from "node:crypto"
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

let folder: string

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  cpSync("test/e2e/frontend", folder, { recursive: true })
  // What an earlier run has built may be cached by its key alone, its files collected: each run builds its own page.
  editPage("built")
})

afterAll(() => rmSync(folder, { recursive: true }))

/** The page that comes of it has the title alone. */
function editPage(title: string) {
  const page = JSON.stringify({ title, edited: randomUUID() })
  writeFileSync(join(folder, "ui/src/page.json"), `${page}\n`)
}

const archive = () => join(folder, "frontend.tar")

async function build(...options: string[]) {
  const finished = await script([folder, "--output", archive(), ...options])
  expect(finished.code, finished.stderr).toBe(0)
  return finished.stdout + finished.stderr
}

const ran = (name: string) => new RegExp(`^ {2}${name}.* [\\d.]+ s$`, "m")
const compiled = ran("build: go build")
const builtPage = ran("frontend: npm run build")
const installed = ran("frontend: install packages")

it("front ends are built, by a user who cannot write to what projects share, and what they make is in the image", async () => {
  expect(await build("--run")).toContain("built 172800000 10001 false\n")
  const image = await readImage(archive())
  const { files } = image
  const own = [...files.keys()].filter((path) => path.startsWith("/app/"))
  // Neither the sources nor node_modules, and of what is embedded no copy.
  expect(own.sort()).toEqual([
    "/app/docs",
    "/app/docs/build",
    "/app/docs/build/index.html",
    "/app/frontend",
  ])
  expect(
    [...files.keys()].filter((path) => /node_modules|\/usr\/local\/bin\/node/.test(path)),
  ).toEqual([])
  expect((await image.readFile("/app/docs/build/index.html")).toString()).toBe("docs\n")
  expect(files.get("/app/docs/build/index.html")).toMatchObject({ uid: 1000 })
})

it("an edit of Go does not build the front end again, and one of the front end compiles only another page", async () => {
  appendFileSync(join(folder, "main.go"), `\nvar edited = "${randomUUID()}"\n`)
  const afterGo = await build()
  expect(afterGo).toMatch(compiled)
  expect(afterGo).not.toMatch(builtPage)
  // The same page comes of it.
  editPage("built")
  const afterSame = await build()
  expect(afterSame).toMatch(builtPage)
  expect(afterSame).not.toMatch(installed)
  expect(afterSame).not.toMatch(compiled)
  editPage(randomUUID())
  expect(await build()).toMatch(compiled)
})

it("a build that fails, a lockfile that is out of date, and an output that is not made say so first", async () => {
  const fails = async (...options: string[]) => {
    const { code, stderr } = await script([folder, "--output", join(folder, "no.tar"), ...options])
    expect(code).toBe(3)
    return stderr
  }
  expect(
    await fails("--frontend", "ui", "--frontend", "command=echo no such page >&2; exit 4"),
  ).toMatch(/no such page\n/)
  expect(await fails("--frontend", "ui", "--frontend", "output=ui/out")).toMatch(
    /npm run build made no ui\/out\.\n\s*Folders with files that it made: ui\/dist/,
  )
  writeFileSync(
    join(folder, "ui/package.json"),
    JSON.stringify({ scripts: { build: "true" }, dependencies: { ms: "2.0.0" } }),
  )
  expect(await fails()).toContain("Invalid: lock file's ms@2.1.3 does not satisfy ms@2.0.0")
})
