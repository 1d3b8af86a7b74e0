import { folderOf, inFolder } from "../modules/modules.js"
import { lineOfKey, type PackageJson } from "./package-json.js"
import {
  miseFiles,
  parseMise,
  parseToolVersions,
  toolVersionsFile,
  type Tool,
} from "../modules/tool-versions.js"
import type { Found } from "../../found.js"
import type { Notice } from "../../found.js"

const node: Tool = {
  title: "Node.js",
  names: ["node", "nodejs", "core:node"],
  version: /^(?:latest|lts|lts[-/]\w+|v?\d+(?:\.[\dx*]+)*)$/,
}

const versionFiles = [".nvmrc", ".node-version"]

/** Files beside a package.json, and above it, that may name the Node.js of a front end. */
export const nodeVersionFiles = [...versionFiles, ...miseFiles, toolVersionsFile]

/**
 * The version or range of Node.js that a front end asks for. What names one version comes before ranges, and what is nearer
 * to the front end before what is further up.
 */
export function findNodeVersion(
  folder: string,
  contents: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, PackageJson>,
  notices: Notice[],
): Found<string> | undefined {
  const folders = upwards(folder)
  for (const each of folders) {
    const file = inFolder(each, "package.json")
    const found = packages.get(file)
    const pinned = found?.volta["node"]
    if (found && pinned !== undefined) {
      return { value: pinned, file, line: lineOfKey(found.text, "node", "volta") }
    }
    const named = ofFiles(each, contents, notices)
    if (named) return named
  }
  for (const each of folders) {
    const file = inFolder(each, "package.json")
    const found = packages.get(file)
    const range = found?.engines["node"]
    if (found && range !== undefined && range.trim() !== "") {
      return { value: range, file, line: lineOfKey(found.text, "node", "engines") }
    }
  }
  for (const each of folders) {
    const file = inFolder(each, "Dockerfile")
    const found = ofDockerfile(contents.get(file) ?? "", file)
    if (found) return found
  }
  return undefined
}

function ofFiles(
  folder: string,
  contents: ReadonlyMap<string, string>,
  notices: Notice[],
): Found<string> | undefined {
  for (const name of nodeVersionFiles) {
    const file = inFolder(folder, name)
    const text = contents.get(file)
    if (text === undefined) continue
    const found = versionFiles.includes(name)
      ? firstLine(text, file)
      : name === toolVersionsFile
        ? parseToolVersions(text, file, notices, node)
        : parseMise(text, file, notices, node)
    if (found) return found
  }
  return undefined
}

/** Of `FROM node:22-alpine AS ui`, 22. */
function ofDockerfile(text: string, file: string): Found<string> | undefined {
  const lines = text.split("\n")
  const from = /^\s*FROM\s+(?:--\S+\s+)*(?:\S*\/)?node:v?(\d+(?:\.\d+){0,2})(?:[-@]\S*)?(?:\s|$)/i
  const index = lines.findIndex((line) => from.test(line))
  const value = from.exec(lines[index] ?? "")?.[1]
  return value === undefined ? undefined : { value, file, line: index + 1 }
}

/** Comments are allowed, as nvm has it. */
function firstLine(text: string, file: string): Found<string> | undefined {
  const lines = text.split("\n").map((line) => line.replace(/#.*/s, "").trim())
  const index = lines.findIndex((line) => line !== "")
  return index < 0 ? undefined : { value: lines[index] ?? "", file, line: index + 1 }
}

/** The folder and all above it. */
export function upwards(folder: string): string[] {
  const folders = [folder]
  for (let each = folder; each !== "";) folders.push((each = folderOf(each)))
  return folders
}
