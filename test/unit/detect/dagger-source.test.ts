import { dag } from "@dagger.io/dagger"
import { expect, it } from "vitest"
import { DaggerSource } from "../../../src/detect/dagger-source.js"
import { RecordedSession } from "../../dagger/session.js"

interface Entry {
  /** As it is, then as it is once links are followed; undefined where that leads to nothing. */
  fileType: string
  followed?: string
  size: number
}

/** Answers as the engine does: one field that fails, and all of the request has failed. */
function sessionWith(entries: Record<string, Entry>): RecordedSession {
  return new RecordedSession((chain) => {
    const [{ name: field = "" } = {}, { name = "", args = {} } = {}] = chain.toReversed()
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

const regular = (size: number): Entry => ({ fileType: "REGULAR", size })
const link = (followed?: string, size = 1): Entry => ({ fileType: "SYMLINK", followed, size })

function read(session: RecordedSession, ...paths: string[]) {
  return session.run(() => new DaggerSource(dag.directory()).read(paths))
}

it("files and links to files are read in one request", async () => {
  const session = sessionWith({ "go.mod": regular(3), Procfile: link("REGULAR", 2) })
  expect([...(await read(session, "go.mod", "Procfile"))]).toEqual([
    ["go.mod", "xxx"],
    ["Procfile", "xx"],
  ])
  // The Directory's ID, and the request.
  expect(session.requests).toBe(2)
})

it.each([
  ["a link that leads out, or nowhere", link(), /^Procfile: a link that leads nowhere, or out of/],
  ["a link to a folder", link("DIRECTORY"), /^Procfile: a folder, where a file is expected\n/],
  ["a pipe", { fileType: "UNKNOWN", size: 0 }, /^Procfile: a named pipe or a device, where a file/],
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
  const entries = {
    LICENSE: link("REGULAR"),
    data: link("DIRECTORY"),
    gone: link(),
    "go.mod": regular(3),
    "sub/go.mod": regular(3),
    "sub/gone": link(),
    "sub/deep/other": link(),
  }
  const asked = sessionWith(entries)
  const session = new RecordedSession((chain) => {
    const { name = "", args = {} } = chain.at(-1) ?? {}
    if (name === "glob") return ["sub/", "sub/deep/", ...Object.keys(entries)]
    if (name === "search") return []
    if (name !== "exists") return asked.answer(chain)
    expect(args).toMatchObject({ expectedType: "SYMLINK_TYPE", doNotFollowSymlinks: true })
    return entries[args["path"] as keyof typeof entries].fileType === "SYMLINK"
  })
  const survey = await session.run(() => new DaggerSource(dag.directory()).survey())
  expect(survey.links).toEqual(["LICENSE", "data", "gone", "sub/gone"])
  expect(survey.brokenLinks).toEqual(["gone", "sub/gone"])
  // The Directory's ID; names; which of them are links; one for each link.
  expect(session.requests).toBe(3 + 4)
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

it("what an engine says is told without the query", async () => {
  const session = new RecordedSession(() => {
    throw new Error("no space left on device")
  })
  const survey = session.run(() => new DaggerSource(dag.directory()).survey())
  await expect(survey).rejects.toThrow(/^no space left on device$/)
})
