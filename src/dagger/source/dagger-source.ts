import { join } from "node:path"
import type { Directory } from "@dagger.io/dagger"
import { UserError } from "../../errors.js"
import { inTemporaryFolder } from "../images/temporary-folder.js"
import {
  archiveField,
  listedPatterns,
  readArchive,
  type ArchivedFile,
  pathsOf,
  texts,
  textOf,
  emptyFolders,
} from "./archived-files.js"
import { beginsImage, mayBeImage, type ContentKind } from "../../detect/assets/content-kind.js"
import { setOf } from "../../detect/once.js"
import { resultContent } from "../../detect/assets/own-results.js"
import { secretContent } from "../../detect/assets/secrets.js"
import {
  byPlace,
  packageMainLine,
  type Line,
  type Source,
  type Survey,
} from "../../detect/source.js"
import { DirectoryQuery } from "./directory-query.js"
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
  private surveyed?: Promise<Survey>
  private asked?: Promise<Known>
  /** Files whose content says what they are, found by the survey. */
  private kinds: ReadonlyMap<string, ContentKind> = new Map()

  private readonly query: DirectoryQuery

  constructor(private readonly directory: Directory) {
    this.query = new DirectoryQuery(directory)
  }

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
    const links = await this.query.links(places.filter((path) => !archived.has(path)))
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
      brokenLinks: await this.query.broken(links),
    }
  }

  private known(): Promise<Known> {
    return (this.asked ??= this.ask())
  }

  private ask(): Promise<Known> {
    return inTemporaryFolder(async (folder) => {
      const path = join(folder, "files.tar")
      const { filter, secrets, results } = await this.query.ask<
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

  async goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    return texts((await this.known()).archived, paths)
  }

  contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    return Promise.resolve((path) => this.kinds.get(path))
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    const known = texts((await this.known()).archived, paths)
    const others = paths.filter((path) => !known.has(path))
    return new Map([...known, ...(await this.query.read(others))])
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
}

function nothingThere(): UserError {
  return new UserError("the source folder is empty", {
    hint: "Give the folder that has the project's go.mod: --source=. Without it, Dagger 1.0 sends no files of a folder that is outside a Git repository and has no dagger.toml.",
  })
}
