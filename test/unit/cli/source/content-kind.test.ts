import { execFileSync } from "node:child_process"
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"
import { contentKindOf } from "../../../../cli/source/content-kind.js"
import { sourceAt } from "../../../../cli/source/git-source.js"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { detect } from "../../../../src/detect/detect.js"
import type { Source } from "../../../../src/detect/source.js"
import { main, project, type Files } from "../../support/project.js"
import { temporaryFolder } from "../temporary.js"

const key = "-----BEGIN PRIVATE KEY-----\nabc\n"

/** An ELF header, and the note of Go's linker. */
const goProgram = "\x7fELF\x02\x01\x01" + "\0".repeat(3000) + "\x04\0\0\0\x53\0\0\0\x04\0\0\0Go\0\0"

function write(files: Files): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text, "latin1")
  }
  return folder
}

it("files are told by their content, links by what they lead to inside of the source", () => {
  const outside = write({ key })
  const folder = write({
    "keys/deploy": key,
    "a.txt": "abc",
    "empty.txt": "",
    "logo.png": key,
    "big.pem": `${"#\n".repeat(700_000)}${key}`,
    "big.txt": `${"#\n".repeat(700_000)}${key}`,
    oldbinary: goProgram,
    "tools/oldbinary": goProgram,
    program: "\x7fELF\x02\x01\x01" + "\0".repeat(3000),
  })
  symlinkSync("keys/deploy", join(folder, "link.pem"))
  symlinkSync(join(outside, "key"), join(folder, "outside.pem"))
  symlinkSync("nowhere", join(folder, "nowhere.pem"))
  symlinkSync("keys", join(folder, "folder"))
  execFileSync("mkfifo", [join(folder, "pipe")])
  symlinkSync("pipe", join(folder, "link-to-pipe"))
  const secrets = ["keys/deploy", "big.pem", "link.pem"]
  for (const each of secrets) expect([each, contentKindOf(folder, each)]).toEqual([each, "secret"])
  const others = ["a.txt", "empty.txt", "logo.png", "big.txt", "tools/oldbinary", "program"]
  const notRead = ["outside.pem", "nowhere.pem", "folder", "pipe", "link-to-pipe", "none"]
  for (const each of [...others, ...notRead]) {
    expect([each, contentKindOf(folder, each)]).toEqual([each, undefined])
  }
  expect(contentKindOf(folder, "oldbinary")).toBe("program")
})

it("a program that this Go has built is one", () => {
  const folder = write({ ...project({ "main.go": main }) })
  execFileSync("go", ["build", "-ldflags=-s -w", "-o", "old", "."], {
    cwd: folder,
    env: { ...process.env, GOFLAGS: "-mod=mod", GOTOOLCHAIN: "local", GOOS: "linux" },
  })
  expect(contentKindOf(folder, "old")).toBe("program")
  copyFileSync("/bin/true", join(folder, "true"))
  chmodSync(join(folder, "true"), 0o755)
  expect(contentKindOf(folder, "true")).toBeUndefined()
})

it("both are left out of the image and told, and of a commit secrets are", async () => {
  const folder = write({
    ...project({ "main.go": main }),
    "config/weird.txt": key,
    "config/app.yaml": "a: b\n",
    oldbinary: goProgram,
  })
  const look = async (source: Source) => {
    const { facts } = await detect(source, { options: {}, environment: {} })
    return { assets: facts.assets, notices: facts.notices.map(({ message }) => message) }
  }
  const local = await look(new LocalSource(folder))
  expect(local.assets).toEqual([{ path: "config/", files: 1 }])
  expect(local.notices).toEqual([
    "1 file that may be a secret is not in the image: config/weird.txt; --keep brings it in if it is none",
    "1 file of earlier builds or profiles is not in the image: oldbinary; --keep brings it in",
  ])
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
      cwd: folder,
    })
  git("init", "-q")
  git("add", ".")
  git("commit", "-qm", "one")
  const { before } = await sourceAt(new LocalSource(folder), "HEAD")
  expect((await look(before)).assets).toEqual(local.assets)
})
