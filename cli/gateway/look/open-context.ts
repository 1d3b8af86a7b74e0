import { readFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { inFolder } from "../../../src/detect/modules/modules.js"
import type { Survey } from "../../../src/detect/source.js"
import { UserError } from "../../../src/errors.js"
import { LocalSource } from "../../source/local-source.js"
import { places, type Look } from "./look-request.js"
import type { Setting } from "../../../src/settings/setting.js"

const descriptorName = "project.toml"

/** What earlier builds of ours may have left in the project's folder; see ownPatterns. */
const own = ["**/.go-image-[0-9]*", "*.oci.tar"]

/** The build context as a source, and where in it the project is. */
export interface OpenContext {
  source: LocalSource
  folder?: Setting<string>
  /** Of a file that an error is about. */
  textOf(file: string): string | undefined
}

export async function openContext({
  filename,
  folder: known,
  buildArguments,
}: Look): Promise<OpenContext> {
  const text = readFileSync(join(places.definition, filename), "utf8")
  const source = new ContextSource(places.context, own)
  const folder = known ?? (await findFolder(source, filename, text, buildArguments))
  const descriptor = inFolder(folder, descriptorName)
  // A go.mod is named where there is no project.toml at all, with BUILDKIT_SYNTAX.
  if (basename(filename) !== "go.mod") source.put(descriptor, text)
  return {
    source,
    ...(folder !== "" && { folder: { value: folder, from: "--file" } }),
    textOf: (file) => {
      try {
        return file === descriptor ? text : readFileSync(join(places.context, file), "utf8")
      } catch {
        // It is about a file that is not there.
        return undefined
      }
    },
  }
}

/** Whoever builds sends the file without its folder: it is looked for by what is in it. */
async function findFolder(
  source: LocalSource,
  filename: string,
  text: string,
  buildArguments: Look["buildArguments"],
): Promise<string> {
  const { files } = await source.survey()
  const name = basename(filename)
  const named = files.filter((file) => basename(file) === name)
  const contents = await source.read(named)
  const folders = named.filter((file) => contents.get(file) === text).map(folderOf)
  const [first = "", second] = folders
  if (folders.includes("") || second === undefined) return first
  if (buildArguments["PACKAGES"] !== undefined) return ""
  throw new UserError(`${folders.length} files are the same as ${name}: ${named.join(", ")}`, {
    hint: `It is not clear which one is meant, because its folder is not sent. Name the package: --build-arg PACKAGES=./${first}. Or add the folder's name to each file as a comment.`,
  })
}

function folderOf(file: string): string {
  const folder = dirname(file)
  return folder === "." ? "" : folder
}

/** With a file of another place, or another name. */
class ContextSource extends LocalSource {
  private readonly added = new Map<string, string>()

  put(path: string, text: string): void {
    this.added.set(path, text)
  }

  override async survey(): Promise<Survey> {
    const survey = await super.survey()
    const missing = [...this.added.keys()].filter((path) => !survey.files.includes(path))
    return missing.length === 0
      ? survey
      : { ...survey, files: [...survey.files, ...missing].sort() }
  }

  override async read(paths: readonly string[]): Promise<Map<string, string>> {
    const contents = await super.read(paths.filter((path) => !this.added.has(path)))
    for (const path of paths) {
      const text = this.added.get(path)
      if (text !== undefined) contents.set(path, text)
    }
    return contents
  }
}
