import type { LocalSource } from "../../cli/local-source.js"
import { matchPatterns } from "../../src/detect/patterns.js"
import type { Answer, Chain, Operation } from "./session.js"

/** Answers what detection asks of a Directory, as an engine would of the folder. */
export async function answersOf(source: LocalSource): Promise<Answer> {
  const { files, links = [] } = await source.survey()
  const contents = await source.read(files)
  return (chain: Chain) => {
    const last = chain.at(-1)
    switch (String(last?.name)) {
      case "glob":
        return [...new Set(files.flatMap(withFolders))]
      case "exists":
        return links.includes(String(last?.args["path"]))
      case "search":
        return last?.args["filesOnly"] === true
          ? searchAll(contents, last.args)
          : search(contents, String(last?.args["pattern"]))
      case "size":
        return Buffer.byteLength(contents.get(String(chain.at(-2)?.args["path"])) ?? "")
      case "contents":
        return contents.get(String(chain.at(-2)?.args["path"]))
      default:
        throw new Error(`a Directory is not asked for ${last?.name}`)
    }
  }
}

/** A result for each line; files in no particular order. */
function search(contents: ReadonlyMap<string, string>, pattern: string) {
  const line = new RegExp(pattern)
  return [...contents]
    .toReversed()
    .flatMap(([filePath, text]) =>
      filePath.endsWith(".go")
        ? text
            .split("\n")
            .flatMap((matchedLines, index) =>
              line.test(matchedLines) ? [{ filePath, lineNumber: index + 1, matchedLines }] : [],
            )
        : [],
    )
}

/** With `multiline` and `filesOnly`, in all files but those that the globs leave out. */
function searchAll(contents: ReadonlyMap<string, string>, args: Operation["args"]) {
  const pattern = new RegExp(String(args["pattern"]), "m")
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
