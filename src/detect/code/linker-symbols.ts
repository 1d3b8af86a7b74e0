import { isBuildable } from "../packages/main-packages.js"
import { parseLinkerValue } from "../../settings/linker-value.js"
import type { Settings } from "../../settings/resolve.js"
import { inFolder, type Module } from "../modules/modules.js"
import { folderOfPackage, type MainPackage } from "../packages/main-package.js"
import type { Line, Source } from "../source.js"
import type { Notice } from "../../found.js"

/**
 * Go's linker accepts -X of a variable that does not exist and does nothing. Looks for the variables in the module's own
 * packages, and says which are not there; those of other modules cannot be seen.
 */
export async function checkLinkerSymbols(
  source: Source,
  { linkerValues }: Settings,
  { goMod, folder }: Module,
  mainPackages: readonly MainPackage[],
): Promise<Notice[]> {
  const symbols = (linkerValues?.value ?? []).map(
    (text) => parseLinkerValue(text, linkerValues?.from ?? "").symbol,
  )
  const module = { path: goMod.module.value, folder }
  const mainFolders = mainPackages
    .filter((each) => each.module === folder)
    .map(({ path }) => folderOfPackage(path))
  const own = symbols.flatMap((symbol) => {
    const folders = packageFolders(symbol, module, mainFolders)
    return folders ? [{ symbol, name: symbol.slice(symbol.lastIndexOf(".") + 1), folders }] : []
  })
  if (own.length === 0) return []
  const lines = await source.search(declarationPattern(own.map(({ name }) => name)))
  return own
    .filter(({ name, folders }) => !lines.some((line) => declares(line, name, folders)))
    .map(({ symbol, name, folders }) => {
      const similar = [
        ...new Set(lines.filter((line) => isIn(line, folders)).flatMap(declaredNames)),
      ]
      const near = similar.find((each) => each.toLowerCase() === name.toLowerCase())
      const advice = near ? `; did you mean ${symbol.slice(0, -name.length)}${near}?` : ""
      return {
        file: folders.map((folder) => (folder === "" ? "." : `./${folder}`)).join(", "),
        message: `no string variable ${name} for the linker to set (${symbol})${advice}`,
      }
    })
}

/** Lines that may declare one of the names, in whatever case, so that a wrong one can be told. */
function declarationPattern(names: readonly string[]): string {
  const anyCase = (name: string) =>
    name.replace(/\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)
  return `^\\s*(?:var\\s+)?(?:\\w+\\s*,\\s*)*(?:${names.map(anyCase).join("|")})(?:\\s*,|\\s+string\\b|\\s*=)`
}

/** Folders of the package that a symbol names; undefined where it is not one of this module's. */
export function packageFolders(
  symbol: string,
  module: { path: string; folder: string },
  mainFolders: readonly string[],
) {
  const path = symbol.slice(0, symbol.lastIndexOf("."))
  if (path === "main") return mainFolders
  if (path === module.path) return [module.folder]
  return path.startsWith(`${module.path}/`)
    ? [inFolder(module.folder, path.slice(module.path.length + 1))]
    : undefined
}

function declares(line: Line, name: string, folders: readonly string[]): boolean {
  return isIn(line, folders) && declaredNames(line).includes(name)
}

function isIn({ path }: Line, folders: readonly string[]): boolean {
  const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0))
  return folders.includes(folder) && isBuildable(path) && !path.endsWith("_test.go")
}

/** `var a, b string`, `version = "dev"`, in a var block or not. */
function declaredNames({ text }: Line): string[] {
  const [, names = ""] =
    /^\s*(?:var\s+)?([\p{L}_][\p{L}\p{Nd}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{Nd}_]*)*)/u.exec(text) ?? []
  return names.split(",").map((name) => name.trim())
}
