import { dag, type Directory } from "@dagger.io/dagger"
import { packageMainLine, type Line, type Source, type Survey } from "./source.js"

/**
 * A Dagger Directory as a source. The SDK sends a request for each value that is read; here one request asks for all of
 * them, since what a user waits for after an edit is mostly round trips.
 */
export class DaggerSource implements Source {
  constructor(private readonly directory: Directory) {}

  async survey(): Promise<Survey> {
    const { glob, search } = await this.query<{
      glob: string[]
      search: { filePath: string }[]
    }>(
      `glob(pattern: "**")
       search(pattern: ${JSON.stringify(packageMainLine)}, globs: ["*.go"]) { filePath }`,
    )
    return {
      files: glob.filter((path) => !path.endsWith("/")).sort(),
      mainCandidates: [...new Set(search.map(({ filePath }) => filePath))].sort(),
    }
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    if (paths.length === 0) return new Map()
    const fields = paths.map((path, i) => `f${i}: file(path: ${JSON.stringify(path)}) { contents }`)
    const answer = await this.query<Record<string, { contents: string }>>(fields.join("\n"))
    return new Map(paths.map((path, i) => [path, answer[`f${i}`]?.contents ?? ""]))
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
    const id = await this.directory.id()
    const { node } = await dag
      .getGQLClient()
      .request<{ node: T }>(
        `query Detect($id: ID!) { node(id: $id) { ... on Directory { ${fields} } } }`,
        { id },
      )
    return node
  }
}
