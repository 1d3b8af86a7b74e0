import type { Facts } from "../../detect/facts.js"
import { startedBy } from "../go/started-by.js"
import { inFolder, isInside, startOf } from "../../detect/modules/modules.js"
import { literalPattern } from "../../patterns/patterns.js"
import type { Settings } from "../../settings/resolve.js"
import { certificateAccess, type DownloadAccess } from "../go/download-access.js"
import {
  cachePath,
  frontendPath,
  frontendScript,
  passwordPath,
  type FrontendParts,
} from "./frontend-script.js"
import { cacheNamespace, cacheVolume } from "../go/go-command.js"
import { imageOfCaller } from "../bases/images-asked-for.js"
import { lockedAt, lockedImage } from "../bases/locked-images.js"
import { resolveNode } from "../bases/node-version.js"
import type { CopyStep, Decision, Mount, RunStep, Stage, StagePlatform, Step } from "../types.js"
import type { FrontendOutput } from "../../detect/frontend/output.js"
import type { Frontend } from "../../detect/frontend/types.js"

/** The name of the secret with a password for a registry of npm packages. */
export const npmSecret = "npm-token"

/** Of the project's files with what its front ends make among them. */
export const projectStageName = "project"

const program = "/frontend.sh"
const user = "10001:10001"

/** One for each front end. Only its own files are its input: an edit of Go does not run it. */
export function frontendStages(
  facts: Facts,
  settings: Settings,
  platform: StagePlatform | undefined,
): Stage[] {
  return (facts.frontends ?? []).map((frontend, index) => ({
    name: stageName(index),
    about: "builds a front end; code of the project and its packages runs as a user of its own",
    from: {
      image: nodeImage(facts, settings, frontend),
      ...(platform && { platform: "build" as const }),
    },
    steps: frontendSteps(frontend, settings),
  }))
}

function stageName(index: number): string {
  return index === 0 ? "frontend" : `frontend-${index + 1}`
}

export function isFrontendStage(name: string): boolean {
  return /^frontend(?:-\d+)?$/.test(name)
}

function nodeImage(facts: Facts, settings: Settings, { node }: Frontend): string {
  const { tag } = resolveNode(node)
  const image = imageOfCaller(settings.nodeImage, "node-image", { NodeVersion: tag })
  return lockedImage(facts, image ?? `node:${tag}-bookworm-slim`)
}

function frontendSteps(frontend: Frontend, settings: Settings): Step[] {
  const { root, folder, exclude, manager, manifests, installs, lifecycle } = frontend
  const access = certificateAccess(settings)
  const cache: Mount = { type: "cache", id: cacheVolume(settings, manager.name), target: cachePath }
  const source: Step = {
    type: "copy",
    kind: "directory",
    from: { source: true },
    path: root || ".",
    to: inPlace(root),
    exclude,
    owner: user,
  }
  const first: Step[] = !installs
    ? []
    : manifests === undefined
      ? [source]
      : manifests.map((path) => ({
          type: "copy",
          kind: "file",
          from: { source: true },
          path,
          to: inPlace(path),
        }))
  return [
    ...cacheNamespace(settings),
    { type: "file", path: program, content: frontendScript(partsOf(frontend)), mode: 0o755 },
    ...access.steps,
    call("prepare", [...new Set([frontendPath, inPlace(root), inPlace(folder)])]),
    ...(manager.package === undefined
      ? []
      : [
          startedBy(
            { ...call("manager", [manager.package]), mounts: [managerCache(settings)] },
            access,
          ),
        ]),
    ...(frontend.passwords.length > 0
      ? [
          {
            type: "environment",
            name: "NPM_ACCESS_NAMES",
            value: frontend.passwords.join(" "),
          } as const,
        ]
      : []),
    { type: "working-directory", path: inPlace(root) },
    ...first,
    ...(installs ? installSteps(frontend, cache, access) : []),
    ...(installs && manifests === undefined ? [] : [source]),
    ...(lifecycle.length > 0 ? [{ ...call("run", [manager.name, ...lifecycle]), user }] : []),
    { type: "working-directory", path: inPlace(folder) },
    buildStep(frontend),
  ]
}

function managerCache(settings: Settings): Mount {
  return { type: "cache", id: cacheVolume(settings, "npm"), target: cachePath }
}

/** Where something of the project runs while packages are installed, it has no cache that others read, and no password. */
function installSteps(frontend: Frontend, cache: Mount, access: DownloadAccess): Step[] {
  const { installCode, passwords, trusted } = frontend
  const install = call("install", passwords)
  const secret: Mount[] =
    passwords.length > 0 ? [{ type: "secret", id: npmSecret, target: passwordPath }] : []
  return [
    startedBy(
      installCode === undefined ? { ...install, mounts: [cache, ...secret] } : { ...install, user },
      access,
    ),
    { ...call("scripts", trusted), user },
  ]
}

function buildStep({ root, manager, script, command, outputs }: Frontend): RunStep {
  const made = [...new Set(outputs.map(({ path }) => inPlace(path)))]
  const what = command === undefined ? [manager.name, script] : [inPlace(root), command]
  const args = [...what, ...made]
  return { ...call("build", args), user }
}

function partsOf({ manager, installs, passwords, lifecycle, command }: Frontend): FrontendParts {
  return {
    installs: installs
      ? {
          kind: manager.isBerry ? "berry" : manager.name,
          isLocked: manager.lockfile !== undefined,
        }
      : undefined,
    hasManager: manager.package !== undefined,
    hasPasswords: passwords.length > 0,
    hasLifecycle: lifecycle.length > 0,
    hasCommand: command !== undefined,
  }
}

function inPlace(path: string): string {
  return inFolder(frontendPath, path)
}

function call(act: string, args: string[]): RunStep {
  return { type: "run", args: ["/bin/sh", program, act, ...args], mounts: [] }
}

/** What front ends made, put where Go, or the program, looks for it. */
export function copyOutputs(
  { frontends = [] }: Facts,
  /** Where it goes; undefined where it does not. */
  place: (output: FrontendOutput) => string | undefined,
  owner?: string,
): CopyStep[] {
  return frontends.flatMap(({ outputs }, index) =>
    outputs.flatMap((output): CopyStep[] => {
      const to = place(output)
      if (to === undefined) return []
      return [
        {
          type: "copy",
          kind: output.kind,
          from: { stage: stageName(index) },
          path: inPlace(output.path),
          to,
          ...(owner === undefined ? {} : { owner }),
        },
      ]
    }),
  )
}

/** Patterns of the files that front ends write again, relative to the source's root. */
export function replacedOutputs({ frontends = [] }: Facts): string[] {
  return frontends.flatMap(({ outputs }) =>
    outputs.filter(({ isReplaced }) => isReplaced).map(({ to }) => literalPattern(to)),
  )
}

/** For the compiler, which looks at one folder; without what it does not read, so that only an output that differs is compiled. */
export function projectStage(
  facts: Facts,
  path: string,
  platform: StagePlatform | undefined,
): Stage[] {
  if (!facts.frontends) return []
  return [
    {
      name: projectStageName,
      about: "has what the compiler reads: the source, and what front ends made",
      from: { scratch: true, ...(platform && { platform: "build" as const }) },
      steps: [
        {
          type: "copy",
          kind: "directory",
          from: { source: true },
          path: ".",
          to: path,
          exclude: [...replacedOutputs(facts), ...(facts.frontendSources ?? [])],
        },
        ...copyOutputs(facts, ({ to, inImage }) => (inImage ? undefined : `${path}/${to}`)),
      ],
    },
  ]
}

/** Below the folder that the image's files come from. */
export function pathOfOutput({ assetRoot }: Facts, { to }: FrontendOutput): string | undefined {
  return isInside(to, assetRoot) ? to.slice(startOf(assetRoot).length) : undefined
}

export function frontendDecisions(facts: Facts, settings: Settings): Decision[] {
  return (facts.frontends ?? []).flatMap((frontend) => {
    const { folder, manager, node, script, command, outputs, from } = frontend
    const image = nodeImage(facts, settings, frontend)
    const place = lockedAt(facts, image) ?? settings.nodeImage?.from
    const { tag, ...version } = resolveNode(node)
    const runs = command ?? `${manager.name} run ${script}`
    const made = [...new Set(outputs.map(({ to }) => to))].join(", ")
    return [
      { what: "front end", value: `${folder || "."}: ${runs} makes ${made}`, from },
      place === undefined
        ? { what: "Node.js", value: tag, from: version.from }
        : { what: "Node.js", value: image, from: place },
      { what: "package manager", value: manager.package ?? manager.name, from: manager.from },
    ]
  })
}
