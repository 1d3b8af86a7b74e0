import { join } from "node:path"
import { dag, type Directory } from "@dagger.io/dagger"
import { UserError } from "../../errors.js"
import { inTemporaryFolder } from "../images/temporary-folder.js"
import {
  archiveField,
  listedPatterns,
  readArchive,
  type ArchivedFile,
  checkSize,
  pathsOf,
  texts,
  textOf,
  emptyFolders,
} from "./archived-files.js"
import { beginsImage, mayBeImage, type ContentKind } from "../../detect/assets/content-kind.js"
import { isIgnoreFile } from "../../detect/patterns/ignore-files.js"
import { setOf } from "../../detect/once.js"
import { resultContent } from "../../detect/assets/own-results.js"
import { secretContent } from "../../detect/assets/secrets.js"
import {
  notAFile,
  byPlace,
  packageMainLine,
  readLimit,
  type Line,
  type Source,
  type Survey,
} from "../../detect/source.js"
import { besideModules, notInGlobs, noResultGlobs } from "./globs.js"

/** What one request asks for. */
interface Known {
  archived: ReadonlyMap<string, ArchivedFile>
  /** Names of the other files, and of the folders that they are in, which end in a slash. */
  glob: string[]
  /** Files that look as if they hold a secret. */
  secrets: { filePath: string }[]
  /** Files that this program wrote about an earlier build. */
  results: { filePath: string }[]
}

/**
 * A Dagger Directory as a source. The SDK sends a request for each value that is read; here one request asks for all of
 * them, since what a user waits for after an edit is mostly round trips.
 */
export class DaggerSource implements Source {
  private id?: Promise<string>
  private surveyed?: Promise<Survey>
  private asked?: Promise<Known>
  /** Files whose content says what they are, found by the survey. */
  private kinds: ReadonlyMap<string, ContentKind> = new Map()

  constructor(private readonly directory: Directory) {}

  survey(): Promise<Survey> {
    return (this.surveyed ??= this.look())
  }

  private async look(): Promise<Survey> {
    const { archived, glob, secrets, results } = await this.known()
    const paths = new Set([...glob, ...pathsOf(archived)])
    const files = [...paths].filter((path) => !path.endsWith("/")).sort()
    if (files.length === 0) throw nothingThere()
    const archivedLinks = [...archived].flatMap(([path, { type }]) =>
      type === "symlink" ? path : [],
    )
    const mains = await this.mains(archived, archivedLinks)
    const places = besideModules(files)
    const links = await this.links(places.filter((path) => !archived.has(path)))
    const isPlace = setOf(places)
    links.push(...archivedLinks.filter((path) => isPlace.has(path)))
    links.sort()
    const images = await this.images(files.filter(mayBeImage))
    this.kinds = new Map<string, ContentKind>([
      ...secrets.map(({ filePath }) => [filePath, "secret"] as const),
      ...results.map(({ filePath }) => [filePath, "result"] as const),
      ...images.map((path) => [path, "image"] as const),
    ])
    return {
      files,
      emptyFolders: emptyFolders([...paths]),
      mainCandidates: mains.sort(),
      links,
      brokenLinks: await this.broken(links),
    }
  }

  private known(): Promise<Known> {
    return (this.asked ??= this.ask())
  }

  private ask(): Promise<Known> {
    return inTemporaryFolder(async (folder) => {
      const path = join(folder, "files.tar")
      const { filter, secrets, results } = await this.query<
        { filter: { glob: string[] } } & Pick<Known, "secrets" | "results">
      >(
        `filter(include: ${JSON.stringify(listedPatterns)}) { glob(pattern: "**") }
         secrets: search(pattern: ${JSON.stringify(secretContent)}, globs: ${JSON.stringify(notInGlobs)}, multiline: true, filesOnly: true) { filePath }
         results: search(pattern: ${JSON.stringify(resultContent)}, globs: ${JSON.stringify(noResultGlobs)}, multiline: true, filesOnly: true) { filePath }`,
        archiveField("$id", path),
      )
      return { archived: await readArchive(path), glob: filter.glob, secrets, results }
    })
  }

  /** The archive does not follow links, which to the go command are files. Those that lead nowhere fail a request. */
  private async mains(
    archived: ReadonlyMap<string, ArchivedFile>,
    links: readonly string[],
  ): Promise<string[]> {
    const linked = links.filter((path) => path.endsWith(".go"))
    const contents = await Promise.all(
      linked.map((path) =>
        this.directory
          .file(path)
          .contents()
          .catch(() => ""),
      ),
    )
    const isMain = new RegExp(packageMainLine, "mu")
    const texts = [
      ...linked.map((path, index) => [path, contents[index] ?? ""] as const),
      ...[...archived].map(
        ([path, file]) => [path, path.endsWith(".go") ? textOf(path, file) : ""] as const,
      ),
    ]
    return texts.flatMap(([path, text]) =>
      !path.endsWith("_test.go") && text && isMain.test(text) ? path : [],
    )
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

  async goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    return texts((await this.known()).archived, paths)
  }

  contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    return Promise.resolve((path) => this.kinds.get(path))
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    const known = texts((await this.known()).archived, paths)
    const others = paths.filter((path) => !known.has(path))
    return new Map([...known, ...(await this.readOthers(others))])
  }

  private async readOthers(paths: readonly string[]): Promise<Map<string, string>> {
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
      if (others.length < paths.length) return this.readOthers(others)
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

  async search(pattern: string, only?: readonly string[]): Promise<Line[]> {
    const archived = (await this.known()).archived
    const line = new RegExp(pattern, "u")
    const files = (only ?? [...archived.keys()]).filter((path) => path.endsWith(".go"))
    return [...texts(archived, files)]
      .flatMap(([path, text]) =>
        text
          .split("\n")
          .flatMap((each, index) => (line.test(each) ? { path, line: index + 1, text: each } : [])),
      )
      .sort(byPlace)
  }

  /** @param beside Fields of the query itself. */
  private async query<T>(fields: string, beside = ""): Promise<T> {
    const id = await (this.id ??= this.directory.id())
    const { node } = await dag
      .getGQLClient()
      .request<{ node: T }>(
        `query Detect($id: ID!) { node(id: $id) { ... on Directory { ${fields} } } ${beside} }`,
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
    hint: "Give the folder that has the project's go.mod: --source=. Without it, Dagger 1.0 sends no files of a folder that is outside a Git repository and has no dagger.toml.",
  })
}

/** The client's own message has the query and the whole answer. */
function withoutQuery(error: unknown): unknown {
  const { errors = [] } =
    (error as { response?: { errors?: { message: string }[] } }).response ?? {}
  if (errors.length === 0) return error
  return new Error(errors.map(({ message }) => message).join("\n"), { cause: error })
}
