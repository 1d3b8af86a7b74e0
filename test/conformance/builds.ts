import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

import { readImage, type Image } from "../read-image.js"
import { runImage, type RunOptions } from "../../cli/run/container.js"
import type { Options } from "../../src/options.js"
import type { Plan } from "../../src/plan/types.js"
import { resolveSettings } from "../../src/settings/resolve.js"
import { settingTable, toKebabCase } from "../../src/settings/table/table.js"
import { root, run, script, type Finished } from "../e2e/command.js"
import type { BaseName, Bases } from "./bases.js"
import { emptyDescriptor } from "../../src/settings/descriptor/descriptor.js"

/** What is built, and what is asked for. */
export interface Project {
  /** Folder below projects/, or of the checkout where it has a slash. */
  source: string
  /** Written over a copy of the folder; null takes a file away. */
  files?: Readonly<Record<string, string | null>>
  /** The pages' environment variables. */
  variables?: Readonly<Record<string, string>>
  options?: Options
  /** Base images that are taken from the tests' own. */
  bases?: Readonly<Record<string, BaseName>>
}

/** A way to build. */
export interface Builder {
  name: "BuildKit" | "Dagger"
  build(project: Prepared, archive: string): Promise<Finished>
  /** `plan` or `dockerfile`, on stdout. */
  print(project: Prepared, what: "plan" | "dockerfile"): Promise<Finished>
  /** Exit codes where the request cannot be met, and where a step of the build failed; without one, it is the step's. */
  codes: { refused: number; failed?: number }
}

interface Prepared extends Project {
  /** Absolute. */
  folder: string
  /** Reference to folder. */
  layouts: Readonly<Record<string, string>>
}

/** All variables of the pages, empty: those of whoever runs the tests are no part of them. */
export const noVariables = Object.fromEntries(
  [...Object.values(settingTable), { variable: "OUTPUT_IMAGE and CACHE_IMAGE" }].flatMap((spec) =>
    "variable" in spec ? spec.variable.split(" and ").map((name) => [name, ""]) : [],
  ),
)

export const buildKit: Builder = {
  name: "BuildKit",
  codes: { refused: 2, failed: 3 },
  build: (project, archive) =>
    script([...buildKitArguments(project), "--verbose", "--output", archive], {
      env: { ...noVariables, ...project.variables },
    }),
  print: (project, what) =>
    script([...buildKitArguments(project), `--${what}`], {
      env: { ...noVariables, ...project.variables },
    }),
}

function buildKitArguments({ folder, options = {}, layouts }: Prepared): string[] {
  const bases = Object.entries(layouts).map(([reference, layout]) => `${reference}=${layout}`)
  return [folder, ...flags(options), ...bases.flatMap((base) => ["--base-layout", base])]
}

function flags(options: Options): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${toKebabCase(name)}`
    if (value === true) return [flag]
    return [value ?? []].flat().flatMap((each) => [flag, String(each)])
  })
}

/** A Dagger function has no environment: what are variables on the command line are arguments here. */
export const dagger: Builder = {
  name: "Dagger",
  codes: { refused: 1 },
  build(project, archive) {
    const { runtime = "debian", ...options } = allOptions(project)
    const call = /[/:]/.test(runtime) ? ["custom", `--base=${runtime}`] : [runtime]
    const source = `--source=${project.folder}`
    return callDagger(options, [...call, source, "export", `--path=${archive}`])
  },
  print(project, what) {
    const { runtime, ...options } = allOptions(project)
    const base = runtime === undefined ? [] : [`--runtime=${runtime}`]
    return callDagger(options, [what, `--source=${project.folder}`, ...base])
  },
}

function allOptions({ options = {}, variables = {} }: Project): Options {
  const settings = resolveSettings({ options, environment: variables }, emptyDescriptor)
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]))
}

async function callDagger(options: Options, call: string[]): Promise<Finished> {
  const given = Object.entries(options).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => {
      // A list's values are read as CSV.
      const text = Array.isArray(value) ? `"${String(each).replaceAll('"', '""')}"` : String(each)
      return `--${toKebabCase(name)}=${text}`
    }),
  )
  const command = ["dagger", "--progress=plain", "call", "-m", root, ...given, ...call]
  const { stderr, ...finished } = await run(command, { env: { NO_COLOR: "1" } })
  // eslint-disable-next-line no-control-regex
  return { ...finished, stderr: stderr.replace(/\x1B\[[\d;]*m/g, "") }
}

/** Builds projects, each once however often it is asked for. */
export class Workshop {
  private readonly built = new Map<string, Built>()

  constructor(
    readonly builder: Builder,
    /** For copies of projects and for archives; the caller's to remove. */
    private readonly folder: string,
    readonly bases: Bases,
  ) {}

  build(project: Project): Built {
    const key = JSON.stringify(project)
    const known = this.built.get(key)
    if (known) return known
    const folder = join(this.folder, `${this.builder.name}-${this.built.size}`)
    const made = new Built(this.builder, this.prepare(project, folder), `${folder}.tar`)
    this.built.set(key, made)
    return made
  }

  /** An empty folder, which goes away with the others. */
  newFolder(): string {
    return mkdtempSync(join(this.folder, "empty-"))
  }

  private async prepare(project: Project, folder: string): Promise<Prepared> {
    const { source, files, bases = {} } = project
    const original = source.includes("/")
      ? join(root, source)
      : fileURLToPath(new URL(`projects/${source}`, import.meta.url))
    const layouts: Record<string, string> = {}
    for (const [reference, name] of Object.entries(bases)) {
      layouts[reference] = await this.bases.layout(name)
    }
    if (!files) return { ...project, folder: original, layouts }
    cpSync(original, folder, { recursive: true })
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name)
      if (content === null) rmSync(path)
      else {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, content)
      }
    }
    return { ...project, folder, layouts }
  }
}

export interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** A project that is built, looked into and run as far as somebody wants to know. */
export class Built {
  private finished: Promise<Finished> | undefined
  private opened: Promise<Image> | undefined
  private ended: Promise<Ended> | undefined

  constructor(
    private readonly builder: Builder,
    private readonly project: Promise<Prepared>,
    private readonly archive: string,
  ) {}

  /** Of the project, absolute. */
  async folder(): Promise<string> {
    return (await this.project).folder
  }

  /** Builds it, whether or not that works. */
  attempt(): Promise<Finished> {
    this.finished ??= this.project.then((project) => this.builder.build(project, this.archive))
    return this.finished
  }

  image(): Promise<Image> {
    this.opened ??= this.open()
    return this.opened
  }

  /** What a person was told by a build that worked. */
  async log(): Promise<string> {
    await this.image()
    return (await this.attempt()).stderr
  }

  /** What a person is told where it does not work, because of the request or in one of the steps. */
  async problem(why: "refused" | "failed"): Promise<string> {
    const { code, stdout, stderr } = await this.attempt()
    const expected = this.builder.codes[why]
    if (expected === undefined ? code === 0 : code !== expected) {
      throw new Error(`expected to be ${why}; exit code ${code}\n${stdout}\n${stderr}`)
    }
    return `${stdout}${stderr}`
  }

  async plan(): Promise<Plan> {
    return JSON.parse(await this.print("plan")) as Plan
  }

  dockerfile(): Promise<string> {
    return this.print("dockerfile")
  }

  /** Runs the image to its end, whatever its exit code. As it is, it is run once. */
  end(options?: Omit<RunOptions, "image" | "onOutput">): Promise<Ended> {
    if (options) return this.start(options)
    this.ended ??= this.start({})
    return this.ended
  }

  private async start(options: Omit<RunOptions, "image" | "onOutput">): Promise<Ended> {
    const ended = { stdout: "", stderr: "" }
    const container = await runImage({
      ...options,
      image: await this.image(),
      onOutput: (chunk, stream) => (ended[stream] += chunk.toString()),
    })
    return { code: await container.exited, ...ended }
  }

  /** What the image prints; a failure is an error. */
  async output(options?: Omit<RunOptions, "image" | "onOutput">): Promise<string> {
    const { code, stdout, stderr } = await this.end(options)
    if (code !== 0) throw new Error(`exit code ${code}\n${stdout}\n${stderr}`)
    return stdout
  }

  private async open(): Promise<Image> {
    const { code, stdout, stderr } = await this.attempt()
    if (code !== 0) throw new Error(`exit code ${code}\n${stdout}\n${stderr}`)
    return readImage(this.archive)
  }

  private async print(what: "plan" | "dockerfile"): Promise<string> {
    const { code, stdout, stderr } = await this.builder.print(await this.project, what)
    if (code !== 0) throw new Error(`exit code ${code}\n${stderr}`)
    return stdout
  }
}
