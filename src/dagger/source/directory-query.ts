import { dag, type Directory } from "@dagger.io/dagger"
import { UserError } from "../../errors.js"
import { isIgnoreFile } from "../../detect/patterns/ignore-files.js"
import { notAFile, readLimit } from "../../detect/source.js"
import { checkSize } from "./archived-files.js"

/** Several values of a Directory in one request; the SDK sends one for each. */
export class DirectoryQuery {
  private id?: Promise<string>

  constructor(private readonly directory: Directory) {}

  /** @param beside Fields of the query itself. */
  async ask<T>(fields: string, beside = ""): Promise<T> {
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

  /** Those of the files that are symbolic links: what is copied by its name must be known as one. */
  async links(paths: readonly string[]): Promise<string[]> {
    if (paths.length === 0) return []
    const isLink = await this.ask<Record<string, boolean>>(
      paths
        .map(
          (path, i) =>
            `f${i}: exists(path: ${JSON.stringify(path)}, expectedType: SYMLINK_TYPE, doNotFollowSymlinks: true)`,
        )
        .join("\n"),
    )
    return paths.filter((_, i) => isLink[`f${i}`])
  }

  /** Links that lead nowhere. A request each, since one that cannot be followed fails the whole of it. */
  async broken(links: readonly string[]): Promise<string[]> {
    const leads = await Promise.all(
      links.map((path) =>
        this.ask(`stat(path: ${JSON.stringify(path)}) { fileType }`).then(
          () => true,
          () => false,
        ),
      ),
    )
    return links.filter((_, i) => !leads[i])
  }

  async read(paths: readonly string[]): Promise<Map<string, string>> {
    if (paths.length === 0) return new Map()
    const fields = paths.map(
      (path, i) => `f${i}: file(path: ${JSON.stringify(path)}) { size contents }`,
    )
    let answer: Record<string, { size: number; contents: string }>
    try {
      answer = await this.ask(fields.join("\n"))
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
    const link = await this.ask<{ stat: { fileType: string } }>(
      `stat(path: ${name}, doNotFollowSymlinks: true) { fileType }`,
    )
    let followed: { stat: { fileType: string; size: number } }
    try {
      followed = await this.ask(`stat(path: ${name}) { fileType size }`)
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
}

/** The client's own message has the query and the whole answer. */
function withoutQuery(error: unknown): unknown {
  const { errors = [] } =
    (error as { response?: { errors?: { message: string }[] } }).response ?? {}
  if (errors.length === 0) return error
  return new Error(errors.map(({ message }) => message).join("\n"), { cause: error })
}
