import { dag, type Directory } from "@dagger.io/dagger"
import { UserError } from "../errors.js"
import {
  notAFile,
  packageMainLine,
  readLimit,
  tooLarge,
  type Line,
  type Source,
  type Survey,
} from "./source.js"

/**
 * A Dagger Directory as a source. The SDK sends a request for each value that is read; here one request asks for all of
 * them, since what a user waits for after an edit is mostly round trips.
 */
export class DaggerSource implements Source {
  private id?: Promise<string>

  constructor(private readonly directory: Directory) {}

  async survey(): Promise<Survey> {
    const { glob, search, regular } = await this.query<{
      glob: string[]
      search: { filePath: string }[]
      regular: { filePath: string }[]
    }>(
      `glob(pattern: "**")
       search(pattern: ${JSON.stringify(packageMainLine)}, globs: ["*.go"]) { filePath }
       regular: search(pattern: "^", globs: ["*.go"], filesOnly: true) { filePath }`,
    )
    const files = glob.filter((path) => !path.endsWith("/")).sort()
    const searched = new Set(regular.map(({ filePath }) => filePath))
    const linked = files.filter((path) => path.endsWith(".go") && !searched.has(path))
    const candidates = [...search.map(({ filePath }) => filePath), ...(await this.readable(linked))]
    return { files, mainCandidates: [...new Set(candidates)].sort() }
  }

  /** The search does not follow links, which to the go command are files. Those that lead nowhere fail a request. */
  private async readable(links: readonly string[]): Promise<string[]> {
    const contents = await Promise.all(
      links.map((path) =>
        this.directory
          .file(path)
          .contents()
          .catch(() => ""),
      ),
    )
    const isMain = new RegExp(packageMainLine, "mu")
    return links.filter((_, index) => isMain.test(contents[index] ?? ""))
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    if (paths.length === 0) return new Map()
    const fields = paths.map(
      (path, i) => `f${i}: file(path: ${JSON.stringify(path)}) { size contents }`,
    )
    let answer: Record<string, { size: number; contents: string }>
    try {
      answer = await this.query(fields.join("\n"))
    } catch (error) {
      // The engine's words do not say which file it is.
      for (const path of paths) await this.checkFile(path)
      throw error
    }
    return new Map(
      paths.map((path, i) => {
        const { size = 0, contents = "" } = answer[`f${i}`] ?? {}
        checkSize(path, size)
        return [path, contents.slice(0, readLimit(path).bytes)]
      }),
    )
  }

  /** A link is followed inside of the Directory alone: the engine sees nothing else. */
  private async checkFile(path: string): Promise<void> {
    const name = JSON.stringify(path)
    const link = await this.query<{ stat: { fileType: string } }>(
      `stat(path: ${name}, doNotFollowSymlinks: true) { fileType }`,
    )
    let followed: { stat: { fileType: string; size: number } }
    try {
      followed = await this.query(`stat(path: ${name}) { fileType size }`)
    } catch (error) {
      if (link.stat.fileType !== "SYMLINK") throw error
      throw new UserError("a link that leads nowhere, or out of the source folder", {
        place: { file: path },
        hint: "Only files of the source folder are read. Put the file itself there, or remove the link.",
      })
    }
    const { fileType, size } = followed.stat
    if (fileType !== "REGULAR") {
      throw notAFile(path, fileType === "DIRECTORY" ? "a folder" : "a named pipe or a device")
    }
    checkSize(path, size)
  }

  async search(pattern: string): Promise<Line[]> {
    const { search } = await this.query<{
      search: { filePath: string; lineNumber: number; matchedLines: string }[]
    }>(
      `search(pattern: ${JSON.stringify(pattern)}, globs: ["*.go"]) { filePath lineNumber matchedLines }`,
    )
    return search
      .map(({ filePath, lineNumber, matchedLines }) => ({
        path: filePath,
        line: lineNumber,
        text: matchedLines.trimEnd(),
      }))
      .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
  }

  private async query<T>(fields: string): Promise<T> {
    const id = await (this.id ??= this.directory.id())
    const { node } = await dag
      .getGQLClient()
      .request<{ node: T }>(
        `query Detect($id: ID!) { node(id: $id) { ... on Directory { ${fields} } } }`,
        { id },
      )
    return node
  }
}

function checkSize(path: string, size: number): void {
  const { bytes, cut } = readLimit(path)
  if (size > bytes && !cut) throw tooLarge(path, size)
}
