import { posix } from "node:path"
import type { RuntimeUser } from "../bases/runtimes.js"
import { workingDirectory } from "../../settings/image-paths.js"
import type { Base, Mount, Stage, Step } from "../types.js"
import { builderPath, furtherPath, systemScript } from "./system-script.js"

export const systemStageName = "system"

/** Where the system files are made. */
export const systemPath = "/system/image"

const builderImageStageName = "builder-image"

const basePath = "/base"
const bundle = "/etc/ssl/certs/ca-certificates.crt"
const fromPath = "/from"
const scriptPath = "/system-files.sh"

/** Something of another stage that is put into the image, whatever the project's files are. */
export interface Placed {
  kind: "file" | "directory"
  stage: string
  path: string
  to: string
}

/** What the image starts from, as far as it is known. */
export interface SystemBase {
  /** Undefined where it starts from nothing. */
  stage: string | undefined
  /** It is Debian's or Ubuntu's, as they publish it: see `isUsual`. */
  isDebian: boolean
}

interface Wanted {
  user: RuntimeUser
  /** Of the working directory, `uid:gid`. */
  owner: string
  /** To be made for the user. */
  folders: readonly string[]
  placed: readonly Placed[]
  /** Of further authorities, which the image trusts as well. */
  certificates: string | undefined
}

/**
 * Zone data of the builder's base; its CA certificates and the image's users, added to those that the runtime base has. Not a
 * package manager's work: no network, and the same bytes every time. Times are set to the epoch for that, too.
 */
export function systemStages(from: Base, base: SystemBase, wanted: Wanted): Stage[] {
  const mounts = wanted.placed.map(({ kind, stage, path }, index): Mount => {
    const target = placedPath(index)
    return { type: "bind", kind, from: { stage }, path, target }
  })
  return [
    {
      name: builderImageStageName,
      about:
        "has the CA certificates as they were published: an engine may add its own while a program runs",
      from,
      steps: [],
    },
    {
      name: systemStageName,
      about:
        "has CA certificates and time zones of the builder's image, and the user: no package manager runs",
      from,
      steps: makeSystemFiles(base, wanted, [
        rootMount(builderImageStageName, builderPath),
        ...(base.stage === undefined ? [] : [rootMount(base.stage, basePath)]),
        ...mounts,
      ]),
    },
  ]
}

function placedPath(index: number): string {
  return `${fromPath}/${index}`
}

function makeSystemFiles(base: SystemBase, wanted: Wanted, mounts: Mount[]): Step[] {
  const further: Step[] =
    wanted.certificates === undefined
      ? []
      : [{ type: "file", path: furtherPath, content: wanted.certificates, mode: 0o644 }]
  if (isUsual(base, wanted)) {
    const { script, words } = usualScript(base, wanted)
    return [...further, { type: "run", args: ["/bin/sh", "-c", script, ...words], mounts }]
  }
  const { user, owner, folders, placed } = wanted
  const { name, group, uid, gid, home, shell } = user
  const args = [
    ...[basePath, systemPath, workingDirectory, name, group, String(uid), String(gid), home, shell],
    owner,
    ...folders.flatMap((folder) => ["", folder]),
    ...placed.flatMap(({ to }, index) => [placedPath(index), to]),
  ]
  return [
    ...further,
    { type: "file", path: scriptPath, content: systemScript, mode: 0o755 },
    { type: "run", args: ["/bin/sh", scriptPath, ...args], mounts },
  ]
}

/** Where nothing of the base is in the way, it takes a few lines. */
function isUsual({ stage, isDebian }: SystemBase, { folders, placed }: Wanted): boolean {
  const ofDistribution =
    /^\/(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)(?:\/|$)/
  // Elsewhere, it may have links, or folders that are not everybody's to read.
  const isFree = (path: string) =>
    /^\/usr\/local\/(?:bin|go)(?:\/|$)/.test(path) || !ofDistribution.test(path)
  return (
    (stage === undefined || isDebian) && [...folders, ...placed.map(({ to }) => to)].every(isFree)
  )
}

/** What is not this program's own is a word beside it. */
function usualScript(
  { stage }: SystemBase,
  { user, owner, folders, placed, certificates }: Wanted,
): { script: string; words: string[] } {
  const { name, group, uid, gid, home, shell } = user
  const words: string[] = []
  const word = (text: string) => {
    const place = words.push(text) - 1
    return place < 10 ? `"$${place}"` : `"\${${place}}"`
  }
  const inImage = (path: string) => word(`${systemPath}${path}`)
  const lines = [
    "set -e",
    `mkdir -p ${systemPath}${workingDirectory} ${systemPath}${posix.dirname(bundle)} ${systemPath}/usr/share`,
    "# Whoever runs the program may write here, and cannot replace what is root's, such as the program.",
    ...(owner === "0:0" ? [] : [`chown ${owner} ${systemPath}${workingDirectory}`]),
    `chmod 1777 ${systemPath}${workingDirectory}`,
    `cp -L ${builderPath}${bundle} ${systemPath}${bundle}`,
    ...(certificates === undefined ? [] : [`cat ${furtherPath} >>${systemPath}${bundle}`]),
    "if [ -d /usr/share/zoneinfo ]; then",
    `  cp -a /usr/share/zoneinfo ${systemPath}/usr/share/`,
    `  rm -rf ${systemPath}/usr/share/zoneinfo/posix ${systemPath}/usr/share/zoneinfo/right`,
    "else",
    `  echo "the builder's base image has no time zone data: programs know only UTC" >&2`,
    "fi",
    ...(stage === undefined
      ? [`mkdir -m 1777 ${systemPath}/tmp`]
      : [`cp ${basePath}/etc/passwd ${basePath}/etc/group ${systemPath}/etc/`]),
    // The distributions have these.
    ...(stage !== undefined && name === "root"
      ? []
      : [`echo ${word(`${name}:x:${uid}:${gid}::${home}:${shell}`)} >>${systemPath}/etc/passwd`]),
    ...(stage !== undefined && group === "root"
      ? []
      : [`echo ${word(`${group}:x:${gid}:`)} >>${systemPath}/etc/group`]),
    ...folders
      .map(inImage)
      .flatMap((folder) => [
        `mkdir -p ${folder}`,
        `chown ${uid}:0 ${folder}`,
        `chmod 0775 ${folder}`,
      ]),
    ...placed.flatMap(({ kind, to }, index) => {
      const target = inImage(to)
      return kind === "directory"
        ? [`mkdir -p ${target}`, `cp -a ${placedPath(index)}/. ${target}/`]
        : [`mkdir -p ${inImage(posix.dirname(to))}`, `cp -a ${placedPath(index)} ${target}`]
    }),
    "# The same files make the same layer, whenever they are made.",
    `find ${systemPath} -exec touch -h -d @0 {} +`,
  ]
  return { script: lines.map((line) => `${line}\n`).join(""), words }
}

function rootMount(stage: string, target: string): Mount {
  return { type: "bind", kind: "directory", from: { stage }, path: "/", target }
}

export function copySystem(): Step {
  const from = { stage: systemStageName }
  return { type: "copy", kind: "directory", from, path: systemPath, to: "/" }
}
