import {
  linkedVariable,
  readLinked,
  type BuildFlags,
} from "../../../../src/detect/dockerfile/build-flags.js"
import { isOfProject, whyNotSet } from "../../../../src/settings/build-environment.js"
import { readGoFlags } from "../../../../src/settings/go-flags.js"
import type { Options } from "../../../../src/options.js"
import type { FoundOption } from "../found.js"

/** A row of the table, with what is particular to this place. */
export interface Row extends Partial<Pick<FoundOption, "status" | "meaning" | "setting">> {
  option: string
  value: string
  writes?: Options
}

export interface KnownBuild {
  /** Variables that are set by themselves, from Git. */
  stamped: readonly string[]
  /** Of the Dockerfile, as a build has them. */
  buildTags: readonly string[]
  /** The programs have no C in them, and so are static. */
  isWithoutC?: boolean
  /** Values that the Dockerfile's variables have. */
  defaults: ReadonlyMap<string, string>
}

/** These say which C library that image has. */
const tagsOfTheImage = /^(?:musl|dynamic)$/

/** What the flags of a `go build` line come to, one row each. */
export function rowsOfBuild({ flags, environment, line }: BuildFlags, known: KnownBuild): Row[] {
  return [
    ...environment.flatMap(([name, value]) => rowOfVariable(name, value) ?? []),
    ...flags.flatMap(({ name, value = "" }): Row[] => {
      const text = value === "" ? `-${name}` : `-${name}=${value}`
      if (name === "tags") return tagsOf(value, known)
      if (name === "ldflags") return linkerRows(value, line, known)
      if (name === "pgo" && /^(?:auto)?$/.test(value))
        return [{ option: "go build -pgo", value: text }]
      return [{ option: usual.test(name) ? "go build -trimpath" : "go build flags", value: text }]
    }),
  ]
}

const usual = /^(?:o|v|x|a|p|mod|modcacherw|trimpath|buildvcs|installsuffix|buildmode=exe)$/

function tagsOf(text: string, { buildTags }: KnownBuild): Row[] {
  const tags = text.split(/[\s,]+/).filter(Boolean)
  const option = "go build -tags"
  if (tags.length === 0) return []
  if (tags.some((tag) => !/^[\w.]+$/.test(tag))) {
    const meaning = "the value of the variable is not known here"
    return [{ option, value: text, status: "not supported", meaning }]
  }
  const own = tags.filter((tag) => !tagsOfTheImage.test(tag))
  const isThere = own.every((tag) => buildTags.includes(tag))
  return [
    isThere
      ? { option, value: text }
      : { option, value: text, status: "setting", writes: { buildTags: own } },
  ]
}

function linkerRows(text: string, line: number, known: KnownBuild): Row[] {
  const { linkerValues, staticLink, notHonoured } = readLinked(text)
  const isPlain = /(?:^|\s)--?[sw](?:\s|$)/.test(text)
  return [
    ...(isPlain ? [{ option: "go build -ldflags -s -w", value: "-s -w" }] : []),
    ...linkerValues.map((each) => rowOfLinked(each, line, known)),
    ...(staticLink
      ? [
          {
            option: "go build -ldflags -extldflags",
            value: "-static",
            ...(known.isWithoutC
              ? { status: "automatic" as const, meaning: "programs without C are static" }
              : { writes: { staticLink } }),
          },
        ]
      : []),
    ...notHonoured.filter(Boolean).map((value) => ({
      option: "go build -ldflags",
      value,
      ...(/[$`]/.test(value) && { meaning: "its value is not known here" }),
    })),
  ]
}

/** `main.version=$VERSION`, of a Dockerfile or of ko's `{{.Env.VERSION}}`. */
export function rowOfLinked(
  text: string,
  line: number,
  { stamped, defaults }: Pick<KnownBuild, "stamped" | "defaults">,
): Row {
  const row = { option: "go build -ldflags -X", value: text }
  const found = linkedVariable(text, line, defaults)
  if (!found)
    return {
      ...row,
      status: "not supported",
      meaning: "the name of the variable is not known here",
    }
  const { symbol, value } = found
  if (stamped.includes(symbol)) {
    return { ...row, status: "automatic", meaning: "set without it, from Git" }
  }
  if (value !== undefined) return { ...row, writes: { linkerValues: [`${symbol}=${value}`] } }
  const meaning = `its value is not known here: give it when you build, --linker-values ${symbol}=VALUE`
  return { ...row, status: "not supported", meaning }
}

/** A variable of a build; undefined where it is none of the go command's. */
export function rowOfVariable(name: string, value: string): Row | undefined {
  const text = `${name}=${value}`
  const isOpen = /[$`]/.test(value)
  if (name === "CGO_ENABLED") return { option: "CGO_ENABLED", value: text }
  if (/^GO(?:OS|ARCH|ARM)$/.test(name) && (isOpen || name !== "GOARM")) {
    const ofPlatform = { status: "automatic", meaning: "set by --platform" } as const
    return { option: "GOOS, GOARCH", value: text, ...(/TARGET|^linux$/.test(value) && ofPlatform) }
  }
  if (name === "GOFLAGS") return { option: "GOFLAGS", value: text, writes: ofGoFlags(value) }
  if (name === "GOPRIVATE") {
    const privateModules = isOpen ? [] : value.split(",").filter(Boolean)
    return { option: "GOPRIVATE", value: text, writes: { privateModules } }
  }
  if (name === "GOWORK") {
    return { option: "GOWORK", value: text, writes: value === "off" ? { goWork: "off" } : {} }
  }
  if (isOfProject(name)) {
    const buildEnvironment = isOpen || value === "" ? [] : [text]
    return { option: "GOEXPERIMENT", value: text, writes: { buildEnvironment } }
  }
  const why = whyNotSet(name)
  if (why === undefined) return undefined
  return { option: why.startsWith("only ") ? "GOPROXY" : "GOCACHE", value: text }
}

function ofGoFlags(text: string): Options {
  const { buildTags, linkerValues, staticLink } = readGoFlags(text)
  const isKnown = (each: string) => !/[$`]/.test(each)
  return {
    buildTags: buildTags.filter(isKnown),
    linkerValues: linkerValues.filter(isKnown),
    ...(staticLink && { staticLink }),
  }
}
