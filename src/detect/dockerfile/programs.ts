import type { Dockerfile } from "./dockerfile.js"
import type { GoBuild } from "./commands.js"
import { launcherPath } from "../project/command-line.js"
import { isHelper } from "../packages/helper-packages.js"
import { folderOf, inFolder } from "../modules/modules.js"
import { defaultName } from "../packages/program-name.js"
import type { MainPackage } from "../packages/main-package.js"

/** What a Dockerfile says of the main packages of its source. */
export interface DockerfilePrograms {
  /** Those that its `go build` lines name, helpers left out. */
  built: MainPackage[]
  from: string
  /** The one that its image runs, and what stands behind it. */
  run?: DockerfileRun
}

export interface DockerfileRun {
  package: MainPackage
  /** A script that starts it, by its path there. */
  script?: string
  /** What it is called there. */
  name: string
  /** What stays behind it, and what a container may be given something else for. */
  entryArguments: string[]
  defaultArguments: string[]
}

export function programsOfDockerfile(
  { file, builds, entry }: Dockerfile,
  mainPackages: readonly MainPackage[],
): DockerfilePrograms {
  const candidates = mainPackages.filter(({ unfit }) => !unfit)
  const found = builds.map((build) => ({
    build,
    packages: build.packages.flatMap((text) => resolve(text, folderOf(file), candidates) ?? []),
  }))
  const named = found.filter(({ packages }) => packages.length > 0)
  const built = new Set(
    named.flatMap(({ packages }) => packages.filter(({ path }) => !isHelper(path))),
  )
  const lines = [...new Set(named.map(({ build }) => `${build.file}:${build.line}`))]
  const outputs = found.map(({ build, packages }) => ({
    output: build.output,
    package: packages.length === 1 ? packages[0] : inPlace(build, folderOf(file), candidates),
  }))
  const programOf = (word: string): MainPackage | undefined => {
    const name = /([^/]+)$/.exec(word)?.[1] ?? ""
    return (
      outputs.find(({ output, package: of }) => of && output === name)?.package ??
      one(candidates.filter(({ importPath }) => defaultName(importPath) === name))
    )
  }
  const from = lines.join(", ")
  const words = entry?.value ?? []
  const first = words.findIndex((word) => word !== launcherPath && programOf(word))
  if (!entry || first < 0) return { built: [...built], from }
  // A program of the project's own that starts another one, which is what the image is there for.
  const isWrapper = /entry-?point/i.test(words[first] ?? "") && programOf(words[first + 1] ?? "")
  const index = isWrapper ? first + 1 : first
  const program = programOf(words[index] ?? "")
  const run = program && runOf(entry, index, program)
  return { built: program && built.has(program) ? [...built] : [], from, run }
}

/** Shells, inits and what changes the user are none. */
const isScript = /\.(?:sh|bash|ash|py|pl|rb)$|entry-?point[^/]*$/i

export function runOf(
  { value, stay }: NonNullable<Dockerfile["entry"]>,
  index: number,
  program: MainPackage,
): DockerfileRun {
  const script = value.slice(0, index).find((word) => isScript.test(word))
  return {
    package: program,
    ...(script !== undefined && { script }),
    name: /([^/]*)$/.exec(value[index] ?? "")?.[1] ?? "",
    entryArguments: value.slice(index + 1, Math.max(index + 1, stay)),
    defaultArguments: value.slice(Math.max(index + 1, stay)),
  }
}

/** `./cmd/api`, `cmd/api/main.go`, `cmd/api/*`, an import path; below a folder that a WORKDIR or `cd` leads to, too. */
function resolve(
  text: string,
  folder: string,
  candidates: readonly MainPackage[],
): MainPackage | undefined {
  const byImport = candidates.find(({ importPath }) => importPath === text)
  if (byImport) return byImport
  const path = text.replace(/^(?:\.\/)+/, "").replace(/\/?(?:\*|[^/]*\.go)?\/?$/, "")
  if (path === "" || path === "." || /[$*]/.test(path)) return undefined
  const at = (place: string) => candidates.find((each) => each.path === `./${place}`)
  return (
    at(inFolder(folder, path)) ??
    at(path) ??
    one(candidates.filter((each) => each.path.endsWith(`/${path}`) && !isHelper(each.path)))
  )
}

/** `go build -o app .` is of the folder that it is in, which is the Dockerfile's where that has a program. */
function inPlace(
  { packages }: GoBuild,
  folder: string,
  candidates: readonly MainPackage[],
): MainPackage | undefined {
  if (packages.some((text) => !/^\.?\/?(?:\*\.go|main\.go)?$/.test(text))) return undefined
  return candidates.find(({ path }) => path === (folder === "" ? "." : `./${folder}`))
}

function one<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined
}
