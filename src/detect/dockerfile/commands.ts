import type { Instruction } from "./instructions.js"
import { commandsOf } from "./shell-commands.js"

/** One `go build`, or `go install`. */
export interface GoBuild {
  file: string
  line: number
  /** As written; none is the package in the working directory. */
  packages: string[]
  /** The last part of the path behind -o, where that is a file's. */
  output?: string
  tags?: string[]
  /** What stands for tags that something else says, such as a variable. */
  openTags?: string
}

/** Flags of the go command with a value behind them: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies */
export const goFlags = new Set(
  (
    "o ldflags tags gcflags asmflags gccgoflags mod modfile p buildmode installsuffix overlay pkgdir pgo C toolexec " +
    "compiler covermode coverpkg"
  ).split(" "),
)

export function readGoBuilds(
  { text, line }: Pick<Instruction, "text" | "line">,
  file: string,
): GoBuild[] {
  return commandsOf(text).flatMap((command) => {
    // `xx-go` cross-compiles: https://github.com/tonistiigi/xx
    const go = command.findIndex((word) => /(?:^|\/)(?:xx-)?go$/.test(word))
    if (go < 0 || !/^(?:build|install)$/.test(command[go + 1] ?? "")) return []
    const build: GoBuild = { file, line, packages: [] }
    const rest = command.slice(go + 2)
    for (let index = 0; index < rest.length; index++) {
      const word = rest[index] ?? ""
      const [, name = "", joined] = /^--?(\w+)(?:=(.*))?$/s.exec(word) ?? []
      if (name === "") {
        // go install of another module, at a version of its own.
        if (word.includes("@")) return []
        build.packages.push(word)
        continue
      }
      const value = joined ?? (goFlags.has(name) ? rest[++index] : undefined)
      // A library, which is no program of the image.
      if (name === "buildmode" && isLibrary(value)) return []
      if (name === "o") build.output = /([^/]+)$/.exec(value ?? "")?.[1]
      if (name === "tags") Object.assign(build, readTags(value ?? ""))
    }
    return [build]
  })
}

/** Of the values of -buildmode. */
export function isLibrary(mode = ""): boolean {
  return /^(?:c-|plugin|shared|archive)/.test(mode)
}

/** Open where they are for a variable to say. */
function readTags(text: string): Pick<GoBuild, "tags" | "openTags"> {
  const tags = text.split(/[\s,]+/).filter(Boolean)
  if (tags.length === 0) return {}
  return tags.every((tag) => /^[\w.]+$/.test(tag)) ? { tags } : { openTags: text }
}

/** In every image of ours, what they are there for. */
const needless =
  /^(?:ca-certificates(?:-bundle)?|tzdata|libc6-compat|gcompat|libc6|musl|libcap\S*|tini(?:-static)?|dumb-init|su-exec|gosu|shadow|base-files)$/

/** Flags of apk and apt-get with a value behind them. */
const installFlags =
  /^(?:-t|--virtual|--repository|-X|-o|--option|--target-release|--allow-untrusted-key)$/

/** A package that an image has, by the name that its distribution has for it. */
export interface Installed {
  name: string
  isAlpine: boolean
}

/** What `apk add` and `apt-get install` bring, without what is removed again. */
export function readInstalled(text: string): Installed[] {
  const installed = new Map<string, Installed>()
  for (const command of commandsOf(text)) {
    const manager = command.findIndex((word) => /^(?:apk|apt-get|apt)$/.test(word))
    if (manager < 0) continue
    const words = command.slice(manager + 1)
    const verb = words.findIndex((word) => /^(?:add|install|del|remove|purge)$/.test(word))
    const adds = /^(?:add|install)$/.test(words[verb] ?? "")
    if (verb < 0) continue
    // A group of packages under a name is removed under that name.
    if (words.some((word) => /^(?:-t|--virtual)(?:=|$)/.test(word))) continue
    for (let index = verb + 1; index < words.length; index++) {
      const word = words[index] ?? ""
      if (installFlags.test(word)) index++
      const [, name] = /^([a-z0-9][a-z0-9+.-]+)(?:[=~<>@].*)?$/.exec(word) ?? []
      if (name === undefined || needless.test(name)) continue
      if (adds) installed.set(name, { name, isAlpine: command[manager] === "apk" })
      else installed.delete(name)
    }
  }
  return [...installed.values()]
}
