import { writeFileSync } from "node:fs"
import type { LocalSource } from "../../cli/source/local-source.js"
import { listedPatterns } from "../../src/dagger/source/archived-files.js"
import { matchPatterns } from "../../src/patterns/patterns.js"
import { tarOf, type LayerEntry } from "../unit/cli/image/make-archive.js"
import type { Answer, Chain, Operation } from "./session.js"

/** Answers what detection asks of a Directory, as an engine would of the folder. */
export async function answersOf(source: LocalSource): Promise<Answer> {
  const { files, links = [] } = await source.survey()
  const contents = await source.read(files)
  const isListed = matchPatterns(listedPatterns)
  const archive = await archiveOf(
    files
      .filter((name) => !isListed(name))
      .map((name) =>
        links.includes(name)
          ? { name, type: "symlink" as const, linkname: "elsewhere" }
          : { name, type: "file" as const, content: contents.get(name) ?? "" },
      ),
  )
  return (chain: Chain) => {
    const last = chain.at(-1)
    switch (String(last?.name)) {
      case "glob":
        return [...new Set(files.filter((name) => isListed(name)).flatMap(withFolders))]
      case "export":
        writeFileSync(String(last?.args["path"]), archive)
        return last?.args["path"]
      case "exists":
        return links.includes(String(last?.args["path"]))
      case "search":
        return searchAll(contents, last?.args ?? {})
      case "size":
        return Buffer.byteLength(contents.get(String(chain.at(-2)?.args["path"])) ?? "")
      case "contents":
        return contents.get(String(chain.at(-2)?.args["path"]))
      default:
        throw new Error(`a Directory is not asked for ${last?.name}`)
    }
  }
}

/** Whether it is what detection reads Go files through that is exported. */
export function isFilesArchive(chain: Chain): boolean {
  return chain.map(({ name }) => name).join() === "container,withDirectory,asTarball,export"
}

/** As an engine exports a container with these files alone. */
export async function archiveOf(entries: LayerEntry[]): Promise<Buffer> {
  const layer = await tarOf(entries)
  return tarOf([
    { name: "blobs/sha256/1", content: layer },
    { name: "manifest.json", content: JSON.stringify([{ Layers: ["blobs/sha256/1"] }]) },
  ])
}

/** With `multiline` and `filesOnly`, in all files but those that the globs leave out. */
function searchAll(contents: ReadonlyMap<string, string>, args: Operation["args"]) {
  // JavaScript has no \A and \z; without a flag, ^ and $ mean the same.
  const text = String(args["pattern"])
  const pattern = text.startsWith("\\A")
    ? new RegExp(text.replace("\\A", "^").replaceAll("\\z", "$"))
    : new RegExp(text, "m")
  const globs = args["globs"] as string[]
  const isLeftOut = matchPatterns(globs.map((glob) => glob.slice(1).replace(/^\*\./, "**/*.")))
  return [...contents].flatMap(([filePath, text]) =>
    !isLeftOut(filePath) && pattern.test(text) ? [{ filePath }] : [],
  )
}

/** `a/b.go` is found below `a/`. */
function withFolders(file: string): string[] {
  const parts = file.split("/")
  return [...parts.slice(0, -1).map((_, i) => `${parts.slice(0, i + 1).join("/")}/`), file]
}
