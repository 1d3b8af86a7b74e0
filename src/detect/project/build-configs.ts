import { posix } from "node:path"
import type { Notice } from "../../found.js"
import { readYaml } from "./yaml.js"
import { ConfigLines } from "./config-lines.js"

/** ko's and goreleaser's own names for their files, in the order in which they are looked for. */
export const koFiles = [".ko.yaml", ".ko.yml"]
export const goreleaserFiles = [
  ".config/goreleaser.yml",
  ".config/goreleaser.yaml",
  ".goreleaser.yml",
  ".goreleaser.yaml",
  "goreleaser.yml",
  "goreleaser.yaml",
]

/** How another tool is told to build the programs of a project. */
export interface BuildConfigs {
  tool: "ko" | "goreleaser"
  /** Relative to the source's root. */
  file: string
  builds: BuildConfig[]
  /** What holds for programs that none of the builds is about. */
  otherwise?: BuildConfig
  baseImage?: { value: string; line: number }
  /** Of ko, `linux/arm64` each. */
  platforms?: { value: string[]; line: number }
  /** By import path. */
  baseImages: ReadonlyMap<string, { value: string; line: number }>
  notices: Notice[]
}

export interface BuildConfig {
  line: number
  /** Where the linker's values are. */
  linkerLine: number
  /** As in MainPackage, `./cmd/api`. */
  package: string
  /** Somebody wrote down which package it is. */
  isNamed: boolean
  binary?: string
  ldflags: string
  flags: string[]
  tags: string[]
  /** `NAME=value` each. */
  env: string[]
  capabilities: string[]
  /** Keys that change nothing here. */
  notHonoured: string[]
}

/**
 * https://ko.build/configuration/ and https://goreleaser.com/customization/builds/go/
 *
 * @param folder That its paths are relative to.
 */
export async function readBuildConfigs(
  text: string,
  file: string,
  folder: string,
): Promise<BuildConfigs> {
  const notices: Notice[] = []
  const document = await parseYaml(text, { file }, notices)
  const isKo = koFiles.some((each) => file.endsWith(each))
  const placed = { folder, lines: new ConfigLines(text.split("\n")) }
  const configs = isKo ? readKo(document, file, placed) : readGoreleaser(document, file, placed)
  return { ...configs, notices: [...notices, ...configs.notices] }
}

async function parseYaml(text: string, place: { file: string }, notices: Notice[]) {
  const read = await readYaml(text)
  if ("value" in read) return record(read.value)
  notices.push({ ...place, line: read.line, message: `not YAML (${read.reason}), skipped` })
  return {}
}

interface Placed {
  folder: string
  lines: ConfigLines
}

function readKo(document: Dictionary, file: string, { folder, lines }: Placed): BuildConfigs {
  const defaults = {
    ldflags: list(document["defaultLdflags"]).join(" "),
    flags: words(document["defaultFlags"]),
    env: list(document["defaultEnv"]),
  }
  const read = (build: Dictionary, line: number, index?: number): BuildConfig => ({
    line,
    linkerLine:
      "ldflags" in build ? lines.ofLinker(index) : lines.ofDefault("defaultLdflags", line),
    ...packageOf(build, folder),
    ldflags: "ldflags" in build ? list(build["ldflags"]).join(" ") : defaults.ldflags,
    flags: "flags" in build ? words(build["flags"]) : defaults.flags,
    env: "env" in build ? list(build["env"]) : defaults.env,
    tags: [],
    capabilities: capabilitiesOf(build["linux_capabilities"]),
    notHonoured: [],
  })
  const baseImages = Object.entries(record(document["baseImageOverrides"])).flatMap(
    ([path, image]) =>
      typeof image === "string" ? [[path, { value: image, line: lines.of(path) }] as const] : [],
  )
  const baseImage = text(document["defaultBaseImage"])
  return {
    tool: "ko",
    file,
    builds: dictionaries(document["builds"]).map((build, i) => read(build, lines.ofBuild(i), i)),
    otherwise: read({}, lines.of("default")),
    ...(baseImage && { baseImage: { value: baseImage, line: lines.of("defaultBaseImage") } }),
    ...("defaultPlatforms" in document && {
      platforms: {
        value: list(document["defaultPlatforms"]).flatMap((each) => each.split(",")),
        line: lines.of("defaultPlatforms"),
      },
    }),
    baseImages: new Map(baseImages),
    notices: [],
  }
}

/** A list of names alone is only permitted, `=p`, as ko has it. */
function capabilitiesOf(value: unknown): string[] {
  return list(value).map((each) => (/[=+]/.test(each) ? each : `${each}=p`))
}

const goreleaserIgnored = ["buildmode", "gcflags", "asmflags", "hooks", "gobinary", "tool"]

function readGoreleaser(
  document: Dictionary,
  file: string,
  { folder, lines }: Placed,
): BuildConfigs {
  const builds = dictionaries(document["builds"]).flatMap((build, i): BuildConfig[] => {
    const { builder = "go", skip, goos } = build
    const isForLinux = goos === undefined || list(goos).includes("linux")
    if (builder !== "go" || skip === true || skip === "true" || !isForLinux) return []
    const binary = text(build["binary"])
    return [
      {
        line: lines.ofBuild(i),
        linkerLine: lines.ofLinker(i),
        ...packageOf(build, folder),
        ...(binary && /^[\w.-]+$/.test(binary) && { binary }),
        ldflags: list(build["ldflags"]).join(" "),
        flags: words(build["flags"]),
        tags: words(build["tags"]),
        env: [...list(document["env"]), ...list(build["env"])],
        capabilities: [],
        notHonoured: goreleaserIgnored.filter((key) => key in build),
      },
    ]
  })
  const hooks = list(record(document["before"])["hooks"]).filter(
    (each) => !/^go mod (?:tidy|download|verify|vendor)\b/.test(each),
  )
  const message = `before.hooks have no effect (bin/go-pre-compile has one here): ${hooks.join(", ")}`
  const notices = hooks.length > 0 ? [{ file, line: lines.of("hooks"), message }] : []
  return { tool: "goreleaser", file, builds, baseImages: new Map(), notices }
}

/** `dir` and `main`, both `.` where nothing is said; a file stands for its package. */
function packageOf(
  { dir, main }: Dictionary,
  folder: string,
): Pick<BuildConfig, "package" | "isNamed"> {
  const path = posix.join(folder, text(dir) ?? ".", text(main) ?? ".")
  const inside = posix.join(path.endsWith(".go") ? posix.dirname(path) : path).replace(/\/$/, "")
  return {
    package: inside === "." || inside === "" ? "." : `./${inside}`,
    isNamed: dir !== undefined || main !== undefined,
  }
}

type Dictionary = Record<string, unknown>

function record(value: unknown): Dictionary {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Dictionary)
    : {}
}

function dictionaries(value: unknown): Dictionary[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined
}

/** One text, or several. */
function list(value: unknown): string[] {
  const all = Array.isArray(value) ? (value as unknown[]) : [value]
  return all.filter((each) => typeof each === "string" || typeof each === "number").map(String)
}

/** One text is split at blanks. */
function words(value: unknown): string[] {
  return typeof value === "string" ? value.split(/\s+/).filter(Boolean) : list(value)
}
