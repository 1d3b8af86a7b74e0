import { posix } from "node:path"
import {
  dag,
  type Changeset,
  type Container,
  type Directory,
  type File,
  type Service,
} from "@dagger.io/dagger"
import { askGit } from "./given/git.js"
import { DaggerSource } from "./source/dagger-source.js"
import { findTargets } from "../detect/project/descriptor.js"
import { detect, type DetectedProject } from "../detect/detect.js"
import type { GitAnswer } from "../git-state.js"
import { UserError } from "../errors.js"
import { selectModules } from "./given/modules.js"
import { readGivenAccess, type ReadAccess } from "./given/access.js"
import type { ReadImage } from "./images/image-tools.js"
import { assemblePlan } from "../plan/assemble.js"
import { builderStageName } from "../plan/stages/builder-stage.js"
import { chooseBuilder } from "../plan/bases/choose-builder.js"
import { parseEnvironment } from "../plan/environment.js"
import { npmSecret } from "../plan/stages/frontend-stage.js"
import { sourcePath } from "../plan/go/modules.js"
import { onMirror } from "../plan/bases/registry-mirror.js"
import { builderTask } from "../plan/tasks/tasks.js"
import type { Plan, Task } from "../plan/types.js"
import {
  notRendered,
  renderDagger,
  renderTask,
  renderTaskContainer,
  type Inputs,
} from "../render/dagger.js"
import { readSecret } from "./given/secret.js"
import { readIgnorePatterns } from "../detect/patterns/as-dockerignore.js"
import { factsToKeep, keptDockerfile } from "../render/kept.js"
import { warmUp } from "./images/warm-up.js"
import type { Request, Built, Again } from "./request.js"

/** Stands in a plan for the container that the caller gave. */
const customBase = "custom.invalid/base:latest"

/** A Go project behind an engine, and what is made of it. */
export class Project {
  readonly files: DaggerSource
  private given?: Promise<ReadAccess>
  /** Once it is looked at. */
  private access: ReadAccess = { inputs: {} }

  constructor(readonly request: Request) {
    this.files = new DaggerSource(request.source)
    waitForEver()
  }

  async plan(): Promise<Plan> {
    const { facts, settings } = await this.detect()
    const plan = assemblePlan(facts, settings)
    return { ...plan, notices: [...plan.notices, ...notRendered(plan.image)] }
  }

  /** @param base Instead of a runtime's. */
  async image(base?: Container): Promise<Container> {
    if (!base) return (await this.build()).image
    const custom = this.with({ options: { ...this.request.options, runtime: customBase } })
    const bases = { [customBase]: base }
    const { plan } = await custom.planned()
    return renderDagger(plan, { ...this.inputs(), bases }).image
  }

  async build(): Promise<Built> {
    const planned = await this.planned()
    return { ...planned, image: this.render(planned.plan) }
  }

  /** With what is compiled elsewhere in the cache volumes, and whatever is wrong said before. */
  private async planned(): Promise<Omit<Built, "image">> {
    const detected = await this.detect()
    const plan = assemblePlan(detected.facts, detected.settings)
    await warmUp(this.request.warmFrom, detected, (task) => this.run(task))
    return { ...detected, plan }
  }

  render(plan: Plan): Container {
    return renderDagger(plan, this.inputs()).image
  }

  /** What an image says that it was built from, built again: with caches of its own, and nothing that was built before. */
  async buildAgain(image: ReadImage): Promise<Again> {
    await this.readAccess()
    const { options, target } = this.request
    const apart = { ...options, cacheNamespace: "verify" }
    const rebuild = await image.plan(apart, async (each, adapt) =>
      detect(this.files, {
        options: each,
        environment: {},
        target,
        access: this.access.access,
        git: async () => adapt(await this.git()),
      }),
    )
    const [{ stages, ...plan }] = rebuild.plans
    const asked = {
      type: "environment",
      name: "VERIFIED_AT",
      value: new Date().toISOString(),
    } as const
    const rebuilt = stages.map((stage) =>
      stage.name === builderStageName ? { ...stage, steps: [asked, ...stage.steps] } : stage,
    )
    return {
      rebuild,
      container: renderDagger({ ...plan, stages: rebuilt }, this.inputs()).image,
    }
  }

  /** With the services that it reaches. */
  async service(): Promise<Service> {
    const image = await this.image()
    return this.request.services
      .reduce((each, { name, service }) => each.withServiceBinding(name, service), image)
      .asService({ useEntrypoint: true })
  }

  async binary(): Promise<File> {
    const { plan } = await this.planned()
    const [binary, another] = plan.binaries
    if (binary && !another) return this.builder(plan).file(binary.built)
    const packages = plan.binaries.map((each) => each.package).join(", ")
    throw new UserError(`${plan.binaries.length} programs are built: ${packages}`, {
      hint: "Choose one with --packages, or take all with `binaries`.",
    })
  }

  async binaries(): Promise<Directory> {
    const { plan } = await this.planned()
    return this.builder(plan).directory(posix.dirname(plan.binaries[0]?.built ?? ""))
  }

  async dockerfile(): Promise<string> {
    const { facts: found, settings } = await this.detect()
    const facts = factsToKeep(found)
    const survey = await this.files.survey()
    // An engine is not sent what version control has.
    const ignored = await readIgnorePatterns(this.files, facts.assetRoot)
    const here = { ...survey, vcs: [".git"], ignored }
    return keptDockerfile([assemblePlan(facts, settings)], facts, here, { hasIgnoreFile: false })
  }

  private builder(plan: Plan): Container {
    return renderDagger(plan, this.inputs()).stage(builderStageName)
  }

  /** The container that builds the project, to go on from. */
  async builderContainer(): Promise<Container> {
    return this.prepare(builderTask(await this.detect()))
  }

  /** The container that a task's command would run in. */
  prepare(task: Task): Container {
    return renderTaskContainer(task, this.inputs())
  }

  /** The container in which the command of a task has run, whether or not it failed. */
  run(task: Task): Container {
    return renderTask(task, this.inputs())
  }

  /** What a command has changed of the files that it was given. */
  changes(project: DetectedProject, task: Task, ran: Container): Changeset {
    const before = this.request.source.filter({ exclude: task.sourceExclude })
    // The files belong to the user who runs code of the project, which is no change of theirs.
    const after = ran.directory(sourcePath(project.facts))
    return root(after).changes(root(before))
  }

  /** @param module Folder of the one module that it is about; by default, what is built is looked for. */
  async detect(module?: string): Promise<DetectedProject> {
    const { access } = await this.readAccess()
    const { options, target } = this.request
    // A function has no environment of its caller's.
    const given = { options, environment: {}, target, access }
    if (module === undefined) return detect(this.files, { ...given, git: () => this.git() })
    // What is built of it does not matter.
    const ofModule = { ...given, options: { ...options, packages: [] }, ofModule: true as const }
    const folder = { value: module, from: "its go.mod" }
    return detect(this.files, module === "" ? ofModule : { ...ofModule, folder })
  }

  private readAccess(): Promise<ReadAccess> {
    return (this.given ??= this.readSecrets())
  }

  private async readSecrets(): Promise<ReadAccess> {
    const { npmToken } = this.request
    const [read] = await Promise.all([
      readGivenAccess(this.request),
      npmToken && readSecret(npmToken, "npm registry's password", "--npm-token"),
    ])
    return (this.access = read)
  }

  /** Which commit the source is of. */
  private async git(): Promise<GitAnswer> {
    const { git, source, options, target } = this.request
    if (!git) return {}
    const unstamped = { options: { ...options, stamp: "off" }, environment: {}, target }
    const { facts, settings } = await detect(this.files, unstamped)
    const { version, runtime } = chooseBuilder(facts, settings)
    const image = onMirror(runtime.builderImage(version), settings.registryMirror)
    const kindOf = await this.files.contentKinds()
    const isOwn = (path: string) => kindOf(path) === "image"
    return askGit({ git, source, module: facts.goMod.module.value, image, isOwn })
  }

  /** Folders of the modules that checks are about. */
  async modules(): Promise<readonly string[]> {
    return selectModules((await this.files.survey()).files, this.request.modules)
  }

  /** Names of project.toml's targets. */
  targets(): Promise<string[]> {
    return findTargets(this.files)
  }

  with(changes: Partial<Request>): Project {
    return new Project({ ...this.request, ...changes })
  }

  private inputs(): Inputs {
    const { source, npmToken, services, testEnvironment } = this.request
    const { secrets, ...access } = this.access.inputs
    return {
      source,
      ...access,
      secrets: { ...secrets, [npmSecret]: npmToken },
      services,
      variables: testEnvironment.map((text) => parseEnvironment(text, "test-environment")),
    }
  }
}

function root(files: Directory): Directory {
  return dag.directory().withDirectory(".", files, { owner: "0:0" })
}

/** Bun gives up a request after five minutes; the SDK of Dagger 1.0 tells it not to, and so do we for 0.21. */
function waitForEver(): void {
  Object.assign(dag.getGQLClient().requestConfig, { timeout: false })
}
