import { existsSync, lstatSync, readdirSync, statSync, type Dirent } from "node:fs"
import { join, resolve } from "node:path"
import { UserError } from "../../src/errors.js"
import type { ContentKind } from "../../src/detect/assets/content-kind.js"
import { isInside } from "../../src/detect/modules/modules.js"
import { literalPattern, matchPatterns } from "../../src/patterns/patterns.js"
import {
  isBuildFile,
  notAFile,
  vcsFolders,
  type Above,
  type Line,
  type Source,
  type Survey,
} from "../../src/detect/source.js"
import { contentKindOf } from "./content-kind.js"
import { gitignoresAbove } from "./gitignores-above.js"
import { mayBeMain } from "./package-main.js"
import { isOwnArchive, mayBeArchive } from "./own-files.js"
import { pathWithin } from "../system/path-within.js"
import { describeKind, readInside } from "./read-inside.js"

/** A folder on this machine as a source. Symbolic links are listed, never followed out of the tree. */
export class LocalSource implements Source {
  /** Absolute path. */
  readonly folder: string
  /** Asked for more than once, and not expected to change meanwhile. */
  private surveyed?: Promise<Survey>
  private readonly isOwn: (path: string) => boolean
  private readonly ownPaths: string[] = []
  /** Paths of all files that were asked for, whether or not they are there. */
  readonly asked = new Set<string>()
  /** Lines of files, by what they match: programs of a repository ask for the same ones. */
  private readonly searched = new Map<string, Map<string, Line[]>>()
  /** Where folders of the source really are. */
  private readonly realFolders = new Map<string, string>()

  /**
   * @param own Patterns of what this program writes itself: not part of the source.
   * @param within Folders that are looked into; of those above them, only their own files. By default, all of the source.
   */
  constructor(
    folder: string,
    private readonly own: readonly string[] = [],
    private readonly within: readonly string[] = [""],
  ) {
    this.isOwn = matchPatterns(own)
    this.folder = resolve(folder)
    const stat = statSync(this.folder, { throwIfNoEntry: false })
    if (!stat) {
      throw new UserError(`the source folder does not exist: ${folder}`, {
        hint: "Give the folder that has the project's go.mod.",
      })
    }
    if (!stat.isDirectory()) {
      throw new UserError(`the source is not a folder: ${folder}`, {
        hint: "Give the folder that has the project's go.mod, not a file in it.",
      })
    }
  }

  // Synchronous calls: for thousands of small files they take a fraction of the time of a promise each.
  survey(): Promise<Survey> {
    return (this.surveyed ??= this.walk())
  }

  /** Patterns of skipped files, which are not sent to an engine either. */
  async neverSent(): Promise<string[]> {
    await this.survey()
    return [...this.own, ...this.ownPaths.sort().map(literalPattern)]
  }

  private walk(): Promise<Survey> {
    const files: string[] = []
    const mainCandidates: string[] = []
    const emptyFolders: string[] = []
    const links: string[] = []
    /** Whether there is nothing of the project in a folder. */
    const walk = (folder: string): boolean => {
      const entries = list(join(this.folder, folder))
      let others = 0
      for (const entry of entries) {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`
        if (this.isOwn(path)) continue
        if (entry.name.includes("\uFFFD")) this.checkName(path)
        if (entry.isFile() && mayBeArchive(path) && isOwnArchive(join(this.folder, path))) {
          this.ownPaths.push(path)
          continue
        }
        if (entry.isDirectory()) {
          const isRead = !vcsFolders.includes(entry.name) && this.isWithin(path)
          if (!isRead || !walk(path)) others++
          continue
        }
        others++
        if (entry.isFile() || entry.isSymbolicLink()) {
          files.push(path)
          if (entry.isSymbolicLink()) links.push(path)
          const isGo = path.endsWith(".go") && (entry.isFile() || this.isLinkInside(entry, path))
          if (isGo && mayBeMain(join(this.folder, path), () => this.text(path))) {
            mainCandidates.push(path)
          }
        } else if (isBuildFile(path)) {
          // Whoever reads it waits for ever.
          throw notAFile(path, describeKind(entry))
        }
      }
      const isOurs = others === 0 && (entries.length > 0 || this.isForOutput(folder))
      if (isOurs && folder !== "") this.ownPaths.push(folder)
      else if (entries.length === 0 && folder !== "") emptyFolders.push(folder)
      return isOurs
    }
    walk("")
    return Promise.resolve({
      files: files.sort(),
      mainCandidates: mainCandidates.sort(),
      emptyFolders: emptyFolders.sort(),
      links,
      brokenLinks: links.filter((path) => !leadsInside(this.folder, path)),
    })
  }

  contentKinds(): Promise<(path: string) => ContentKind | undefined> {
    return Promise.resolve((path) => contentKindOf(this.folder, path))
  }

  above(): Promise<Above | undefined> {
    return Promise.resolve(gitignoresAbove(this.folder))
  }

  sizeOf(path: string): number {
    return lstatSync(join(this.folder, path), { throwIfNoEntry: false })?.size ?? 0
  }

  /** Node.js puts a mark in the place of bytes that are no letters; there is no file of that name, then. */
  private checkName(path: string): void {
    if (lstatSync(join(this.folder, path), { throwIfNoEntry: false })) return
    throw new UserError(`a file name that is not UTF-8: ${path}`, {
      hint: "It cannot be sent to an engine. Rename it, or remove it.",
    })
  }

  private isWithin(folder: string): boolean {
    return this.within.some((each) => isInside(folder, each) || isInside(each, folder))
  }

  /** Also before the first output is in it: the second image is to be the same. */
  private isForOutput(folder: string): boolean {
    return this.own.some((each) => each.startsWith(`${literalPattern(folder)}/`))
  }

  read(paths: readonly string[]): Promise<Map<string, string>> {
    const contents = new Map<string, string>()
    for (const path of paths) {
      this.asked.add(path)
      const text = this.text(path)
      if (text !== undefined) contents.set(path, text)
    }
    return Promise.resolve(contents)
  }

  goHeaders(paths: readonly string[]): Promise<Map<string, string>> {
    return this.read(paths.filter((path) => this.isFile(path)))
  }

  async search(pattern: string, only?: readonly string[]): Promise<Line[]> {
    const files = only ?? (await this.survey()).files
    let found = this.searched.get(pattern)
    if (!found) this.searched.set(pattern, (found = new Map<string, Line[]>()))
    const expression = new RegExp(pattern, "u")
    const lines: Line[] = []
    // One at a time: all of them together may not fit into memory.
    for (const path of files) {
      if (!path.endsWith(".go")) continue
      let ofFile = found.get(path)
      if (!ofFile) found.set(path, (ofFile = this.linesOf(path, expression)))
      lines.push(...ofFile)
    }
    return lines
  }

  private linesOf(path: string, expression: RegExp): Line[] {
    if (!this.isFile(path)) return []
    const lines = (this.text(path) ?? "").split("\n")
    return lines.flatMap((text, index) =>
      expression.test(text) ? [{ path, line: index + 1, text }] : [],
    )
  }

  private text(path: string): string | undefined {
    return readInside(this.folder, path, this.realFolders)
  }

  private isFile(path: string): boolean {
    return lstatSync(join(this.folder, path), { throwIfNoEntry: false })?.isFile() ?? false
  }

  /** A link to a file of the source: to the go command it is a file. */
  private isLinkInside(entry: Dirent, path: string): boolean {
    if (!entry.isSymbolicLink()) return false
    try {
      return this.text(path) !== undefined
    } catch {
      return false
    }
  }
}

function leadsInside(folder: string, path: string): boolean {
  const link = join(folder, path)
  return existsSync(link) && pathWithin(folder, link) !== undefined
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw new UserError(`cannot read the folder ${folder}: ${(error as Error).message}`)
  }
}
