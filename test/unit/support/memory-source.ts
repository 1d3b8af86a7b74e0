import { bytesOfKind, kindOf, type ContentKind } from "../../../src/detect/assets/content-kind.js"
import {
  packageMainLine,
  vcsFolders,
  type Line,
  type Source,
  type Survey,
} from "../../../src/detect/source.js"

/** A project that is nowhere but here: paths and contents. It counts the round trips that detection makes. */
export class MemorySource implements Source {
  roundTrips = 0

  constructor(private readonly files: Readonly<Record<string, string>>) {}

  survey(): Promise<Survey> {
    this.roundTrips++
    const files = Object.keys(this.files)
      .filter((path) => !path.split("/").some((part) => vcsFolders.includes(part)))
      .sort()
    const isMain = new RegExp(packageMainLine, "m")
    const mainCandidates = files.filter(
      (path) => path.endsWith(".go") && isMain.test(this.files[path] ?? ""),
    )
    return Promise.resolve({ files, mainCandidates })
  }

  read(paths: readonly string[]): Promise<Map<string, string>> {
    if (paths.length > 0) this.roundTrips++
    const found = paths.flatMap((path): [string, string][] => {
      const text = this.files[path]
      return text === undefined ? [] : [[path, text]]
    })
    return Promise.resolve(new Map(found))
  }

  goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    const found = paths.flatMap((path): [string, string][] => {
      const text = this.files[path]
      return text === undefined ? [] : [[path, text]]
    })
    return Promise.resolve(new Map(found))
  }

  contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    return Promise.resolve((path) => {
      const bytes = Buffer.from(this.files[path] ?? "").subarray(0, bytesOfKind(path))
      return kindOf(path, bytes)
    })
  }

  search(pattern: string): Promise<Line[]> {
    this.roundTrips++
    const expression = new RegExp(pattern, "u")
    const lines = Object.entries(this.files)
      .filter(([path]) => path.endsWith(".go"))
      .flatMap(([path, text]) =>
        text.split("\n").map((line, index) => ({ path, line: index + 1, text: line })),
      )
    return Promise.resolve(lines.filter(({ text }) => expression.test(text)))
  }
}
