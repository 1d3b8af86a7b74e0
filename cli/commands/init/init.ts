import { existsSync, readFileSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { targetsInside } from "../../../src/detect/project/descriptor.js"
import { UserError } from "../../../src/errors.js"
import type { Options } from "../../../src/options.js"
import { parseProjectToml } from "../../../src/settings/descriptor/project-toml.js"
import { resolveSettings } from "../../../src/settings/resolve.js"
import type { Request } from "../../request.js"
import { asTyped, programName } from "../../program-name.js"
import type { Terminal } from "../../terminal/terminal.js"
import { readRepository, type Repository } from "../ci/repository.js"
import { choosePipeline } from "./choose-pipeline.js"
import type { InitFlags } from "./command.js"
import { changeOf, shown, writeTogether, type NewFile, type PlannedFile } from "./files.js"
import { offerImport, type Taken } from "./import-offer.js"
import { assumedPort, look, type Looked } from "./look.js"
import { completed, describeToml, notOfProject, projectToml, type Target } from "./project-toml.js"
import { checkNoSettings, projectFolder, targetsAbove } from "./project-folder.js"
import { targetNames } from "./target-names.js"
import { sayOf, type Ask, type Setup } from "./setup.js"

export type { Ask } from "./setup.js"

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
  const asked = resolve(request.source)
  const own = projectFolder(asked)
  const above = targetsAbove(own)
  if (above) checkNoSettings(request.options, above)
  const project = above?.folder ?? own
  const ask = flags.yes ? undefined : await person()
  const setup: Setup = { request: { ...request, source: project }, flags, ask, terminal }
  const repository = await readRepository(project)
  ask?.begin("go-image init")
  const say = sayOf(setup)
  const file = join(project, "project.toml")
  const there = existsSync(file) && !flags.force ? readFileSync(file, "utf8") : undefined
  const known = there === undefined ? [] : [...parseProjectToml(there).targets.keys()]
  const looked = await look(setup.request, known)
  say(`project: ${project}`)
  if (above) {
    say(
      `${relative(project, own)} is target ${above.targets.join(", ")} of project.toml here: it gets no project.toml of its own, and one pipeline builds all targets`,
    )
  }
  for (const line of looked.lines) say(line)
  const imported = await offerImport(setup)
  const toml =
    there === undefined
      ? await newToml(setup, looked, imported)
      : completedToml(setup, there, looked, imported)

  const pipeline = await choosePipeline(setup, repository, {
    ...{ detected: looked.detected, source: looked.source },
    ...{ targets: known.length > 0 ? known : toml.targets, settings: toml.settings },
  })
  const files =
    toml.content === there
      ? []
      : [{ path: file, content: toml.content, isAdded: there !== undefined }]
  const [target] = [
    ...targetsInside(parseProjectToml(toml.content), relative(project, asked)),
    ...toml.targets,
    ...known,
  ]
  const option = target === undefined ? "" : `--target ${target} `
  const next = `${programName} ${asTyped(project)} ${option}--run`
  await write(setup, repository, { files: [...files, ...pipeline], next })
}

interface Toml {
  content: string
  /** What was chosen, as far as the pipeline has to know it. */
  settings: Options
  targets: string[]
}

async function newToml(setup: Setup, looked: Looked, imported: Taken): Promise<Toml> {
  const chosen = await chooseSettings(setup, looked)
  const settings = { ...imported.settings, ...given(chosen.settings) }
  const proposed = proposedOf(looked, imported)
  const targets = proposed.length > 0 ? proposed : chosen.targets
  const isOfOne = settings.port === undefined && targets.length === 0
  const comments = looked.plan && isOfOne ? assumedPort(looked.plan) : []
  const content = projectToml(settings, targets, comments)
  checkToml(content)
  return { content, settings, targets: targets.map(({ name }) => name) }
}

/** Those that say something: what nobody asked for hides nothing of another tool's. */
function given(settings: Options): Options {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  )
}

/** Another tool's names for them come first. */
function proposedOf({ proposed }: Looked, { targets }: Taken): readonly Target[] {
  return targets.length > 0 ? targets : proposed
}

/** What is there stays; what options and other tools' files say, and it has not, is added. */
function completedToml(setup: Setup, there: string, looked: Looked, imported: Taken): Toml {
  const say = sayOf(setup)
  const proposed = proposedOf(looked, imported)
  const settings = { ...imported.settings, ...given(setup.request.options) }
  const { text, added, kept } = completed(there, settings, proposed)
  checkToml(text)
  const has = `project.toml exists and was not changed (--force writes it again): ${describeToml(there)}`
  say(
    added.length > 0 ? `project.toml has ${describeToml(there)}; added: ${added.join(", ")}` : has,
  )
  if (kept.length > 0) say(`not written, as project.toml says it already: ${kept.join(", ")}`)
  return { content: text, settings: {}, targets: proposed.map(({ name }) => name) }
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

async function chooseSettings(
  { request, ask }: Setup,
  { plan }: Looked,
): Promise<{ settings: Options; targets: Target[] }> {
  const settings: Options = { ...request.options }
  if (!ask) return { settings, targets: [] }
  if (settings.runtime === undefined) {
    const chosen = await ask.runtime("debian")
    if (chosen !== "debian") settings.runtime = chosen
  }
  const port = plan?.decisions.find(({ what }) => what === "port")
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
  const programs = plan?.binaries.filter((each) => each.package !== "") ?? []
  const isEach = programs.length > 1 && (await ask.eachProgram(programs.map(({ name }) => name)))
  const targets = targetNames(
    programs.map(({ package: path, importPath }) => ({ path, importPath })),
  )
  return {
    settings,
    targets: isEach
      ? programs.map((each, index) => ({
          name: targets[index] ?? "",
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

async function write(
  setup: Setup,
  repository: Repository,
  { files, next }: { files: readonly PlannedFile[]; next: string },
): Promise<void> {
  const { ask, flags } = setup
  const say = sayOf(setup)
  const chosen: NewFile[] = []
  for (const file of files) {
    const name = shown(repository.root, file.path)
    const change = changeOf(file)
    if (change === "same") say(`${name} is up to date`)
    else if (file.isOthers) file.unchanged?.forEach(say)
    else if (change === "new" || flags.force || file.isAdded) chosen.push(file)
    else if (await ask?.agree(`${name} is there, and differs. Replace it?`, false))
      chosen.push(file)
    else for (const line of file.unchanged ?? []) say(line)
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
  if (ask) ask.end(`Wrote ${names.join(" and ")}. Next: ${next}`)
  else for (const line of [...names.map((name) => `wrote ${name}`), `next: ${next}`]) say(line)
}
