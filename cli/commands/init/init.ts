import { existsSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { findProvider } from "../../../src/ci/providers.js"
import { writePipeline } from "../../../src/ci/write-pipeline.js"
import { detect, type DetectedProject } from "../../../src/detect/detect.js"
import { legacyFiles } from "../../../src/detect/modules/legacy.js"
import { UserError } from "../../../src/errors.js"
import type { Options } from "../../../src/options.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import type { Plan } from "../../../src/plan/types.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { resolveSettings } from "../../../src/settings/resolve.js"
import type { Request } from "../../request.js"
import { programName } from "../../program-name.js"
import { findUp, isNobodys, workTree } from "../../source/find-root.js"
import type { Terminal } from "../../terminal/terminal.js"
import { openSource } from "../build/build.js"
import { readRepository, type Repository } from "../ci/repository.js"
import { noProvider, type InitFlags } from "./command.js"
import { changeOf, shown, writeTogether, type NewFile } from "./files.js"
import { notOfProject, projectToml, type Target } from "./project-toml.js"

export type Ask = typeof import("./questions.js").ask

/** Who answers: a person, or the defaults. */
interface Setup {
  request: Request
  flags: InitFlags
  /** Undefined with --yes. */
  ask?: Ask
  terminal: Pick<Terminal, "say">
}

/** @param person Gives the questions that a person answers; stands for the terminal. */
export async function init(
  request: Request,
  flags: InitFlags,
  terminal: Pick<Terminal, "say">,
  person: () => Promise<Ask> = questions,
): Promise<void> {
  const caller = notOfProject(request.options)
  if (caller.length > 0) {
    throw new UserError(`never from project.toml: ${caller.join(", ")}`, {
      hint: "Give it to the command that builds.",
    })
  }
  const project = projectFolder(request.source)
  const ask = flags.yes ? undefined : await person()
  const setup: Setup = { request: { ...request, source: project }, flags, ask, terminal }
  const repository = await readRepository(project)
  ask?.begin("go-image init")
  const { detected, plan, source } = await look(setup.request)
  const say = ask?.tell ?? ((line: string) => terminal.say(line))
  say(`project: ${project}`)
  for (const line of summary(plan)) say(line)

  const file = join(project, "project.toml")
  const isThere = existsSync(file) && !flags.force
  const { settings, targets } = isThere
    ? { settings: {}, targets: [] }
    : await chooseSettings(setup, plan)
  const toml = { path: file, content: projectToml(settings, targets) }
  if (!isThere) checkToml(toml.content)
  else say("project.toml exists and was not changed (--force writes it again)")

  const known = isThere ? await knownTargets(file) : targets.map(({ name }) => name)
  const pipeline = await choosePipeline(setup, repository, {
    detected,
    source,
    targets: known,
    settings,
  })
  await write(setup, repository, [...(isThere ? [] : [toml]), ...pipeline])
}

/** The nearest folder that has a module or its settings: what a build of a folder below it belongs to. */
function projectFolder(asked: string): string {
  const folder = resolve(asked)
  const limit = workTree(folder)
  const files = ["project.toml", "go.mod", "go.work", ...legacyFiles]
  const isProject = (each: string) => files.some((file) => existsSync(join(each, file)))
  const found = findUp(folder, limit, isProject)
  return found === undefined || (limit === undefined && isNobodys(found)) ? folder : found
}

/** Loaded only where a person answers. */
async function questions(): Promise<Ask> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UserError("init asks questions, and there is no terminal to ask them in", {
      hint: "--yes takes the defaults; options answer the rest: --runtime distroless --provider github",
    })
  }
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number)
  if (major === 20 && minor < 12) {
    throw new UserError(`Node.js ${process.versions.node} is too old to ask questions`, {
      hint: "Use Node.js 20.12 or newer, or --yes.",
    })
  }
  return (await import("./questions.js")).ask
}

async function look(request: Request) {
  const { source, folder } = openSource(request)
  const given = { options: request.options, environment: {}, folder }
  const detected = await detect(source, given)
  return { source, detected, plan: assemblePlan(detected.facts, detected.settings) }
}

/** What a person wants to see before answering. */
function summary({ decisions }: Plan): string[] {
  const told = ["Go version", "program", "command", "port"]
  return decisions
    .filter(({ what }) => told.includes(what))
    .map(({ what, value, from }) => `${what}: ${value} (${from})`)
}

async function chooseSettings(
  { request, ask }: Setup,
  plan: Plan,
): Promise<{ settings: Options; targets: Target[] }> {
  const settings: Options = { ...request.options }
  if (!ask) return { settings, targets: [] }
  if (settings.runtime === undefined) {
    const chosen = await ask.runtime("debian")
    if (chosen !== "debian") settings.runtime = chosen
  }
  const port = plan.decisions.find(({ what }) => what === "port")
  if ((settings.port ?? []).length === 0 && port?.from.startsWith("default")) {
    const chosen = await ask.port(port.value)
    if (chosen !== port.value) settings.port = [chosen]
  }
  if (settings.healthCheck === undefined) {
    settings.healthCheck = (await ask.healthCheck()) || undefined
  }
  if ((settings.privateModules ?? []).length === 0) {
    settings.privateModules = (await ask.privateModules()).split(/[\s,]+/).filter(Boolean)
  }
  const programs = plan.binaries.filter((each) => each.package !== "")
  const isEach = programs.length > 1 && (await ask.eachProgram(programs.map(({ name }) => name)))
  return {
    settings,
    targets: isEach
      ? programs.map((each) => ({
          name: each.name.toLowerCase(),
          settings: { packages: [each.package] },
        }))
      : [],
  }
}

/** What is wrong with an answer is told before anything is written. */
function checkToml(content: string): void {
  const descriptor = parseProjectToml(content)
  resolveSettings({ options: {}, environment: {} }, descriptor)
  for (const target of descriptor.targets.keys()) {
    resolveSettings({ options: {}, environment: {}, target }, descriptor)
  }
}

async function knownTargets(file: string): Promise<string[]> {
  const { readFile } = await import("node:fs/promises")
  return [...parseProjectToml(await readFile(file, "utf8")).targets.keys()]
}

async function choosePipeline(
  { flags, ask, terminal }: Setup,
  repository: Repository,
  made: {
    detected: DetectedProject
    source: Parameters<typeof writePipeline>[0]
    targets: string[]
    settings: Options
  },
): Promise<NewFile[]> {
  const found = findProvider(repository.files, repository.remote)?.name ?? noProvider
  const provider = flags.provider ?? (await ask?.provider(found)) ?? found
  if (provider === noProvider) {
    if (!ask && flags.provider === undefined) {
      terminal.say("no CI provider is known here: no pipeline file (--provider)")
    }
    return []
  }
  const { detected, source, targets, settings } = made
  const { privateModules = [] } = settings
  const withModules =
    privateModules.length === 0
      ? detected.settings
      : {
          ...detected.settings,
          privateModules: { value: privateModules, from: "project.toml", byProject: true as const },
        }
  const pipeline = await writePipeline(
    source,
    { ...detected, settings: withModules },
    {
      ...{ provider, targets, image: flags.image },
      ...{ folder: repository.folder, files: repository.files },
      ...{ remote: repository.remote, branch: repository.branch },
    },
  )
  for (const note of pipeline.notes) (ask?.tell ?? ((line) => terminal.say(line)))(note)
  return [{ path: join(repository.root, pipeline.file), content: pipeline.text }]
}

async function write(
  setup: Setup,
  repository: Repository,
  files: readonly NewFile[],
): Promise<void> {
  const { ask, flags, terminal } = setup
  const say = ask?.tell ?? ((line: string) => terminal.say(line))
  const chosen: NewFile[] = []
  for (const file of files) {
    const name = shown(repository.root, file.path)
    const change = changeOf(file)
    if (change === "same") say(`${name} is up to date`)
    else if (change === "new" || flags.force) chosen.push(file)
    else if (await ask?.agree(`${name} is there, and differs. Replace it?`, false))
      chosen.push(file)
    else say(`${name} exists and was not changed (--force writes it again)`)
  }
  for (const { path, content } of chosen) {
    if (ask) ask.show(shown(repository.root, path), content.trimEnd())
  }
  if (chosen.length === 0) {
    ask?.end("Nothing to write.")
    return
  }
  const names = chosen.map(({ path }) => relative(process.cwd(), path) || path)
  if (ask && !(await ask.agree(`Write ${names.join(" and ")}?`, true))) {
    ask.end("Nothing was written.")
    return
  }
  writeTogether(chosen)
  if (ask) ask.end(`Wrote ${names.join(" and ")}. Next: ${programName} . --run`)
  else for (const name of names) terminal.say(`wrote ${name}`)
}
