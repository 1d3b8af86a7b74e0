import type { CiProvider } from "./providers.js"

/** Where the pipeline of a project belongs, where its repository may have one for another project. */
export interface Place {
  file: string
  /** The file is beside another one: what the two are told apart by. */
  service?: string
  /** Folders whose pipeline the file is, and this project's is not. Of a provider that reads one file alone. */
  taken?: string[]
  /** Folders whose pipeline has the provider's usual file. */
  others?: string[]
}

/** @param read A file of the repository, undefined where it is not there. */
export function placeOf(
  { file, beside }: CiProvider,
  folder: string,
  read: (file: string) => string | undefined,
): Place {
  const foldersIn = (path: string) => foldersOf(read(path) ?? "")
  const isFree = (path: string) => read(path) === undefined
  const others = foldersIn(file)
  // A pipeline of the root replaces one of a folder: its targets are in all folders.
  if (folder === "." || others.length === 0 || others.includes(folder)) return { file }
  if (!beside) return { file, taken: others }
  const names = [folder.slice(folder.lastIndexOf("/") + 1), folder].map(toName)
  const service =
    names.find((name) => foldersIn(beside(name)).includes(folder)) ??
    names.find((name) => isFree(beside(name))) ??
    toName(folder)
  return { file: beside(service), service, others }
}

/** Folders of the projects that a pipeline file builds, however it starts go-image; none where it does not. */
export function foldersOf(pipeline: string): string[] {
  const text = pipeline.replace(/^\s*(?:#|\/\/).*$/gm, "")
  if (!/\bgo-image\b/.test(text)) return []
  const named = [
    /^\s+source: ["']?([^\s"']+)/gm,
    /\bgo-image@\S+ ([\w.][\w./@+-]*)/g,
    /\bgo-image\b.* --source=([\w.][\w./@+-]*)/g,
  ].flatMap((pattern) => [...text.matchAll(pattern)].map(([, folder = ""]) => folder))
  return named.length === 0 ? ["."] : [...new Set(named)]
}

/** As an image and a file may be called. */
function toName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
}
