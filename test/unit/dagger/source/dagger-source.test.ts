import { writeFileSync } from "node:fs"
import { dag } from "@dagger.io/dagger"
import { expect, it } from "vitest"
import { DaggerSource } from "../../../../src/dagger/source/dagger-source.js"
import { archiveOf, isFilesArchive } from "../../../dagger/directory.js"
import { RecordedSession, type Chain } from "../../../dagger/session.js"

interface Entry {
  /** As it is, then as it is once links are followed; undefined where that leads to nothing. */
  fileType: string
  followed?: string
  size: number
}

/** Of files that are read by their names. */
const nothingArchived = await archiveOf([])

/** Answers as the engine does: one field that fails, and all of the request has failed. */
function sessionWith(entries: Record<string, Entry>, archive = nothingArchived): RecordedSession {
  return new RecordedSession((chain) => {
    if (isFilesArchive(chain)) return exportTo(chain, archive)
    const [{ name: field = "" } = {}, { name = "", args = {} } = {}] = chain.toReversed()
    if (field === "glob" || field === "search") return []
    const entry = entries[String(args["path"])]
    const followed = entry && (entry.fileType === "SYMLINK" ? entry.followed : entry.fileType)
    const doNotFollow = name === "stat" && args["doNotFollowSymlinks"] === true
    if (!entry || (!doNotFollow && followed === undefined)) throw new Error("no such file")
    if (field === "fileType") return doNotFollow ? entry.fileType : followed
    if (field === "size") return entry.size
    if (followed !== "REGULAR") throw new Error("input/output error")
    return "x".repeat(Math.min(entry.size, 20))
  })
}

function exportTo(chain: Chain, archive: Buffer): string {
  const path = String(chain.at(-1)?.args["path"])
  writeFileSync(path, archive)
  return path
}

const regular = (size: number): Entry => ({ fileType: "REGULAR", size })
const link = (followed?: string, size = 1): Entry => ({ fileType: "SYMLINK", followed, size })

function read(session: RecordedSession, ...paths: string[]) {
  return session.run(() => new DaggerSource(dag.directory()).read(paths))
}

it("files and links to files are read in one request", async () => {
  const session = sessionWith({ ".dockerignore": regular(3), Procfile: link("REGULAR", 2) })
  expect([...(await read(session, ".dockerignore", "Procfile"))]).toEqual([
    [".dockerignore", "xxx"],
    ["Procfile", "xx"],
  ])
  // The Directory's ID; the archive, which has neither; the two.
  expect(session.requests).toBe(3)
})

it("files come in one archive, and links among them as the files that they lead to", async () => {
  const archive = await archiveOf([
    { name: "go.mod", content: "module example.com/m\n" },
    { name: "a.go", content: "package a\n" },
    { name: "same.go", type: "link", linkname: "a.go" },
    { name: "linked.go", type: "symlink", linkname: "a.go" },
    // A name that has no place in the header of a tar.
    { name: `${"long/".repeat(60)}ü.go`, content: "package b\n" },
  ])
  const session = sessionWith({ "linked.go": link("REGULAR", 2) }, archive)
  const paths = ["go.mod", "a.go", "same.go", "linked.go", `${"long/".repeat(60)}ü.go`]
  const [contents, headers] = await session.run(async () => {
    const source = new DaggerSource(dag.directory())
    return [await source.read(paths), await source.goHeaders(paths.slice(1))]
  })
  expect([...contents.values()].sort()).toEqual(
    ["module example.com/m\n", "package a\n", "package a\n", "package b\n", "xx"].sort(),
  )
  expect([...headers.keys()]).toEqual(["a.go", "same.go", paths[4]])
  // The Directory's ID; names and archive; the one link.
  expect(session.requests).toBe(3)
})

it("media are known by their names alone, and a file that is too large to be kept is asked for", async () => {
  const archive = await archiveOf([
    { name: "page.md", content: "text" },
    { name: "data.json", content: "z".repeat(1_000_001) },
  ])
  const asked = sessionWith({ "data.json": regular(1_000_001) }, archive)
  const session = new RecordedSession((chain) => {
    const { name } = chain.at(-1) ?? {}
    if (name === "exists") return false
    return name === "glob" ? ["img/", "img/a.png"] : asked.answer(chain)
  })
  const source = new DaggerSource(dag.directory())
  const survey = await session.run(() => source.survey())
  expect(survey.files).toEqual(["data.json", "img/a.png", "page.md"])
  const before = session.requests
  const another = await session.run(() => new DaggerSource(dag.directory()).read(["page.md"]))
  expect([...another]).toEqual([["page.md", "text"]])
  // The Directory's ID, and the archive.
  expect(session.requests - before).toBe(2)
  const large = session.run(() => new DaggerSource(dag.directory()).read(["data.json"]))
  await expect(large).rejects.toThrow(/^data\.json: too large: 1\.0 MB/)
})

it("an archived file that is too large is refused by its name, and of a Go file the beginning is read", async () => {
  const archive = await archiveOf([
    { name: "go.mod", content: "x".repeat(1_000_001) },
    { name: "table.go", content: "y".repeat(10_000_001) },
  ])
  await expect(read(sessionWith({}, archive), "go.mod")).rejects.toThrow(
    /^go\.mod: too large: 1\.0 MB/,
  )
  const [text = ""] = (await read(sessionWith({}, archive), "table.go")).values()
  expect(text.length).toBe(10_000_000)
})

it.each([
  ["a link that leads out, or nowhere", link(), /^Procfile: a link that leads nowhere, or out of/],
  ["a link to a folder", link("DIRECTORY"), /^Procfile: expected a file, found a folder\n/],
  [
    "a pipe",
    { fileType: "UNKNOWN", size: 0 },
    /^Procfile: expected a file, found a named pipe or a device/,
  ],
  ["a file that is too large", regular(60_000_000), /^Procfile: too large: 60\.0 MB\n/],
])("%s is refused in words that say which file it is", async (_, entry, message) => {
  const session = sessionWith({ "go.mod": regular(3), Procfile: entry })
  await expect(read(session, "go.mod", "Procfile")).rejects.toThrow(message)
})

it("a link that leads nowhere is no obstacle where only the image's files are told by it", async () => {
  const session = sessionWith({
    "go.mod": regular(3),
    ".gitignore": link(),
    "a/.gitignore": link(),
  })
  expect([...(await read(session, "a/.gitignore", ".gitignore", "go.mod"))]).toEqual([
    ["go.mod", "xxx"],
  ])
})

it("an engine that fails is not the project's fault", async () => {
  const session = new RecordedSession(() => {
    throw new Error("connection lost")
  })
  await expect(read(session, "go.mod")).rejects.toThrow("connection lost")
})

it("links at the root and beside a go.mod are known, and those that lead nowhere", async () => {
  const archive = await archiveOf([
    { name: "go.mod", content: "" },
    { name: "sub/go.mod", content: "" },
    { name: "sub/link.go", type: "symlink", linkname: "../x.go" },
  ])
  const entries = {
    LICENSE: link("REGULAR"),
    data: link("DIRECTORY"),
    gone: link(),
    "sub/gone": link(),
    "sub/deep/other": link(),
    "sub/link.go": link("REGULAR"),
  }
  const asked = sessionWith(entries, archive)
  const session = new RecordedSession((chain) => {
    const { name = "", args = {} } = chain.at(-1) ?? {}
    if (name === "glob") return ["sub/", "sub/deep/", ...Object.keys(entries).slice(0, -1)]
    if (name === "search") return []
    if (name !== "exists") return asked.answer(chain)
    expect(args).toMatchObject({ expectedType: "SYMLINK_TYPE", doNotFollowSymlinks: true })
    return entries[args["path"] as keyof typeof entries].fileType === "SYMLINK"
  })
  const survey = await session.run(() => new DaggerSource(dag.directory()).survey())
  expect(survey.links).toEqual(["LICENSE", "data", "gone", "sub/gone", "sub/link.go"])
  expect(survey.brokenLinks).toEqual(["gone", "sub/gone"])
  // The Directory's ID; names and archive; what the Go link leads to; which of the other names are links; one for each link.
  expect(session.requests).toBe(4 + 5)
})

it("images that were written into the source are known by how they begin", async () => {
  const starts: Record<string, string> = {
    "app.tar": "blobs/\0\0",
    "data/pages.tar": "index.html\0",
    "main.go": "",
  }
  const session = new RecordedSession((chain) => {
    const { name = "", args = {} } = chain.at(-1) ?? {}
    if (name === "glob") return ["data/", ...Object.keys(starts)]
    if (name === "search") return []
    if (name === "exists") return false
    if (isFilesArchive(chain)) return exportTo(chain, nothingArchived)
    expect([name, args]).toEqual(["contents", { limitLines: 1 }])
    return starts[String(chain.at(-2)?.args?.["path"])]
  })
  const kindOf = await session.run(async () => {
    const source = new DaggerSource(dag.directory())
    await source.survey()
    return source.contentKinds()
  })
  expect(Object.keys(starts).map(kindOf)).toEqual(["image", undefined, undefined])
})

it("results of earlier builds are searched for in pages, too, at the start of files alone", async () => {
  const session = new RecordedSession((chain) => {
    const { name = "", args = {} } = chain.at(-1) ?? {}
    if (name === "glob") return ["main.go", "docs/e.html", "key"]
    if (name === "exists") return false
    if (isFilesArchive(chain)) return exportTo(chain, nothingArchived)
    expect(name).toBe("search")
    if (!String(args["pattern"]).startsWith("\\A")) return [{ filePath: "key" }]
    expect(args).toMatchObject({ multiline: true, filesOnly: true })
    expect(args["globs"]).not.toContain("!*.html")
    expect(args["globs"]).toContain("!*.go")
    return [{ filePath: "docs/e.html" }]
  })
  const kindOf = await session.run(async () => {
    const source = new DaggerSource(dag.directory())
    await source.survey()
    return source.contentKinds()
  })
  expect(["main.go", "docs/e.html", "key"].map(kindOf)).toEqual([undefined, "result", "secret"])
})

it("what an engine says is told without the query", async () => {
  const session = new RecordedSession(() => {
    throw new Error("no space left on device")
  })
  const survey = session.run(() => new DaggerSource(dag.directory()).survey())
  await expect(survey).rejects.toThrow(/^no space left on device$/)
})
