import { dag, type Directory } from "@dagger.io/dagger"
import { UserError } from "../errors.js"
import { headerLine } from "./go-imports.js"
import { folderOf, moduleFolders } from "./modules.js"
import { beginsImage, mayBeImage, type ContentKind } from "./content-kind.js"
import { isIgnoreFile } from "./ignore-files.js"
import { notSearched, secretContent } from "./secrets.js"
import {
  notAFile,
  byPlace,
  packageMainLine,
  readLimit,
  tooLarge,
  vcsFolders,
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
  /** Header lines of Go files, found by the survey. */
  private headers: ReadonlyMap<string, string> = new Map()

  /** Files whose content says what they are, found by the survey. */
  private kinds: ReadonlyMap<string, ContentKind> = new Map()

  constructor(private readonly directory: Directory) {}

  async survey(): Promise<Survey> {
    const { glob, search, secrets } = await this.query<{
      glob: string[]
      secrets: { filePath: string }[]
      search: { filePath: string; lineNumber: number; matchedLines: string }[]
    }>(
      `glob(pattern: "**")
       search(pattern: ${JSON.stringify(headerLine)}, globs: ["*.go"]) { filePath lineNumber matchedLines }
       secrets: search(pattern: ${JSON.stringify(secretContent)}, globs: ${JSON.stringify(notInGlobs)}, multiline: true, filesOnly: true) { filePath }`,
    )
    this.headers = joinLines(search)
    const files = glob.filter((path) => !path.endsWith("/")).sort()
    if (files.length === 0) throw nothingThere()
    const linked = files.filter((path) => path.endsWith(".go") && !this.headers.has(path))
    const isMain = new RegExp(packageMainLine, "m")
    const candidates = [...this.headers].filter(([, text]) => isMain.test(text))
    const mainCandidates = [...candidates.map(([path]) => path), ...(await this.readable(linked))]
    const links = await this.links(besideModules(files))
    const images = await this.images(files.filter(mayBeImage))
    this.kinds = new Map<string, ContentKind>([
      ...secrets.map(({ filePath }) => [filePath, "secret"] as const),
      ...images.map((path) => [path, "image"] as const),
    ])
    return {
      files,
      emptyFolders: emptyFolders(glob),
      mainCandidates: mainCandidates.sort(),
      links,
      brokenLinks: await this.broken(links),
    }
  }

  /** Those of the files that are symbolic links: what is copied by its name must be known as one. */
  private async links(paths: readonly string[]): Promise<string[]> {
    if (paths.length === 0) return []
    const isLink = await this.query<Record<string, boolean>>(
      paths
        .map(
          (path, i) =>
            `f${i}: exists(path: ${JSON.stringify(path)}, expectedType: SYMLINK_TYPE, doNotFollowSymlinks: true)`,
        )
        .join("\n"),
    )
    return paths.filter((_, i) => isLink[`f${i}`])
  }

  /** Of each file its first line, which is little of a binary one. */
  private async images(paths: readonly string[]): Promise<string[]> {
    const starts = await Promise.all(
      paths.map((path) =>
        this.directory
          .file(path)
          .contents({ limitLines: 1 })
          // A link that leads nowhere is none.
          .catch(() => ""),
      ),
    )
    return paths.filter((_, index) => beginsImage(starts[index] ?? ""))
  }

  /** A request each, since one that cannot be followed fails the whole of it. */
  private async broken(links: readonly string[]): Promise<string[]> {
    const leads = await Promise.all(
      links.map((path) =>
        this.query(`stat(path: ${JSON.stringify(path)}) { fileType }`).then(
          () => true,
          () => false,
        ),
      ),
    )
    return links.filter((_, i) => !leads[i])
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

  goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    const found = paths.flatMap((path): [string, string][] => {
      const text = this.headers.get(path)
      return text === undefined ? [] : [[path, text]]
    })
    return Promise.resolve(new Map(found))
  }

  contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    return Promise.resolve((path) => this.kinds.get(path))
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
      const others: string[] = []
      for (const path of paths) if (await this.isReadable(path)) others.push(path)
      if (others.length < paths.length) return this.read(others)
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

  /**
   * A link is followed inside of the Directory alone: the engine sees nothing else. False for one that leads nowhere, if
   * it is read only to tell what gets into the image; the build does without it.
   */
  private async isReadable(path: string): Promise<boolean> {
    const name = JSON.stringify(path)
    const link = await this.query<{ stat: { fileType: string } }>(
      `stat(path: ${name}, doNotFollowSymlinks: true) { fileType }`,
    )
    let followed: { stat: { fileType: string; size: number } }
    try {
      followed = await this.query(`stat(path: ${name}) { fileType size }`)
    } catch (error) {
      if (link.stat.fileType !== "SYMLINK") throw error
      if (isIgnoreFile(path)) return false
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
    return true
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
      .sort(byPlace)
  }

  private async query<T>(fields: string): Promise<T> {
    const id = await (this.id ??= this.directory.id())
    const { node } = await dag
      .getGQLClient()
      .request<{ node: T }>(
        `query Detect($id: ID!) { node(id: $id) { ... on Directory { ${fields} } } }`,
        { id },
      )
      .catch((error: unknown) => {
        throw withoutQuery(error)
      })
    return node
  }
}

function nothingThere(): UserError {
  return new UserError("the source folder is empty", {
    hint: "Give the folder that has the project's go.mod: --source=. Without it, Dagger 1.0 hands over no file of a folder that is in no Git repository and has no dagger.toml.",
  })
}

/** The client's own message has the query and the whole answer. */
function withoutQuery(error: unknown): unknown {
  const { errors = [] } =
    (error as { response?: { errors?: { message: string }[] } }).response ?? {}
  if (errors.length === 0) return error
  return new Error(errors.map(({ message }) => message).join("\n"), { cause: error })
}

/** Files at the source's root, and beside each go.mod: what is there gets into an image by its name. */
function besideModules(files: readonly string[]): string[] {
  const folders = new Set(["", ...moduleFolders(files)])
  return files.filter((file) => folders.has(folderOf(file)))
}

/** Where secrets are not looked for: what is no text, version control, and others' packages. */
const notInGlobs = [
  ...notSearched.map((ending) => `!*.${ending}`),
  ...[...vcsFolders, "node_modules"].map((folder) => `!**/${folder}/**`),
]

function checkSize(path: string, size: number): void {
  const { bytes, cut } = readLimit(path)
  if (size > bytes && !cut) throw tooLarge(path, size)
}

/** Of each file its lines, each in its place, with empty ones between. */
function joinLines(
  lines: readonly { filePath: string; lineNumber: number; matchedLines: string }[],
): Map<string, string> {
  const texts = new Map<string, string[]>()
  for (const { filePath, lineNumber, matchedLines } of lines) {
    const text = texts.get(filePath) ?? []
    text[lineNumber - 1] = matchedLines.trimEnd()
    texts.set(filePath, text)
  }
  return new Map(
    [...texts].map(([path, text]) => [path, Array.from(text, (each) => each).join("\n")]),
  )
}

/** Folders end in a slash. */
function emptyFolders(paths: readonly string[]): string[] {
  const filled = new Set(
    paths.map((path) => path.slice(0, path.lastIndexOf("/", path.length - 2) + 1)),
  )
  return paths
    .filter((path) => path.endsWith("/") && !filled.has(path))
    .map((path) => path.slice(0, -1))
    .filter((path) => !path.split("/").some((part) => vcsFolders.includes(part)))
    .sort()
}
