import type { Facts } from "../../detect/facts.js"
import { startedBy } from "../go/started-by.js"
import type { GoCommand } from "../go/go-command.js"
import { modulePath, sourcePath } from "../go/modules.js"
import type { Mount, RunStep, Step } from "../types.js"
import { listDownloads, type Download } from "../go/downloads.js"

/*
 * Code of the project (hooks, tests, generators) runs as a user who can read the shared cache volumes and not write to
 * them: what other projects are compiled from is written by the go command alone. Not by mounts that are read-only, since
 * Dagger has none for cache volumes; and not by volumes of each project's own, since there is nothing that a project is
 * known by and another one could not say of itself.
 */

/** Whom the project's files belong to where code of the project runs. */
export const projectUser = "10001:10001"

const script = "/project-code.sh"
const home = "/home/project"
const sharedModules = "/shared/modules"
const sharedBuild = "/shared/build"

/** What `run` sets, for whoever starts programs without it. */
const environment = {
  HOME: home,
  USER: "project",
  GOCACHE: `${home}/.cache/go-build`,
}

const [uid, gid] = projectUser.split(":")

/** What the script does, by its first argument. */
const acts = {
  prepare: `  echo 'project:x:${uid}:${gid}::${home}:/bin/sh' >>/etc/passwd
  echo 'project:x:${gid}:' >>/etc/group
  mkdir -p ${environment.GOCACHE} "$GOMODCACHE"
  chown -R ${projectUser} ${home} "$GOMODCACHE" "$@"
  [ ! -d /modfile ] || chown -R ${projectUser} /modfile
  # What a copied file's folder is made with, the file's mode says.
  chmod u+rwx "$@"
  # What is mounted there has the folder's mode, and is root's.
  chmod 1777 ${environment.GOCACHE}
  # Everybody may write here in Go's images, and it is searched for programs first.
  find /go -maxdepth 1 -type d -exec chmod go-w {} +
  # Nobody becomes root again.
  find / -xdev -type f -perm /6000 -exec chmod ug-s {} +
`,
  modes: `  chmod -R u=rwX,go=rX "$1"
`,
  modules: `  # From the shared volume, whatever GOPRIVATE says; each is compared with go.sum again.
  GOPROXY="file://${sharedModules}/cache/download,\${GOPROXY:-https://proxy.golang.org,direct}" \\
    GONOPROXY=none HOME=${home} GOCACHE=${environment.GOCACHE} go mod "$@"
  # There is none where nothing had to be downloaded.
  [ ! -d "$GOMODCACHE/cache/download" ] || find "$GOMODCACHE/cache/download" -name '*.zip' -delete
`,
  fetch: `  # Into the shared volume first, by the same step: another one may be given another volume, and has no password.
  export GOCACHE=${sharedBuild}
  GOMODCACHE=${sharedModules} go mod "$@"
  GOPROXY=file://${sharedModules}/cache/download GONOPROXY=none go mod "$@"
  [ ! -d "$GOMODCACHE/cache/download" ] || find "$GOMODCACHE/cache/download" -name '*.zip' -delete
  chown -R ${projectUser} "$GOMODCACHE"
`,
  link: `  # Links to what the shared volume has: new files are written beside them.
  cp -rs ${sharedBuild}/. ${environment.GOCACHE} 2>/dev/null || :
`,
  run: `  export HOME=${home} USER=${environment.USER} GOCACHE=${environment.GOCACHE}
  export GOPATH="${home}/go:\${GOPATH:-/go}" PATH="${home}/go/bin:$PATH"
  /bin/sh ${script} link
  exec "$@"
`,
  compile: `  # What does not compile is told by the command that comes after.
  "$@" >/dev/null 2>&1 || :
`,
  plain: `  # Root writes them, and a link could lead it to where others read.
  for file in go.mod go.sum; do
    [ ! -L $file ] || { echo "$file is a link, and is not written" >&2; exit 1; }
  done
  exec "$@"
`,
  tool: `  # Stands before each tool of Go's, as -toolexec has it. Nothing is linked: nobody keeps what is.
  case "\${1##*/} $*" in
  link*-V=full*) ;;
  link*)
    while [ "$1" != -o ]; do shift; done
    : >"$2"
    exit 0
    ;;
  esac
  exec "$@"
`,
}

type Act = keyof typeof acts

const anyAct = Object.keys(acts) as Act[]

/** Acts that others call. */
const needs: Partial<Record<Act, Act>> = { run: "link", compile: "tool" }

function scriptOf(used: readonly Act[]): string {
  const all = new Set(used.flatMap((act) => [act, needs[act] ?? act]))
  const cases = anyAct.filter((act) => all.has(act)).map((act) => `${act})\n${acts[act]}  ;;\n`)
  return `#!/bin/sh
set -eu
act=$1
shift
case $act in
${cases.join("")}esac
`
}

/**
 * To be done before `runProjectCode`, and after the modules were downloaded and verified.
 *
 * @param folders Given to the user, besides the project's own.
 * @param used What of the script is called later in the stage.
 */
export function prepareProjectCode(
  facts: Facts,
  go: GoCommand,
  { folders = [], used = anyAct }: { folders?: readonly string[]; used?: readonly Act[] } = {},
): Step[] {
  const downloads = listDownloads(facts)
  const here: Act[] = [
    "prepare",
    ...(downloads.length === 0 ? [] : ([hasPassword(go) ? "fetch" : "modules"] as const)),
  ]
  return [
    { type: "file", path: script, content: scriptOf([...here, ...used]), mode: 0o755 },
    call("prepare", [sourcePath(facts), ...folders], []),
    ...downloads.flatMap((download) => [download.in, copyModules(download, go)]),
    ...(downloads.length > 0
      ? [{ type: "working-directory", path: modulePath(facts) } as const]
      : []),
  ]
}

/** Into the stage, for the project's own user. What needs a password is fetched by root, who runs nothing of the project. */
function copyModules({ args, files }: Download, go: GoCommand): RunStep {
  const mounts = [...sharedVolumes(go), ...files]
  return hasPassword(go)
    ? startedBy(call("fetch", args, mounts), go.access)
    : { ...call("modules", args, mounts), user: projectUser }
}

function hasPassword({ access }: GoCommand): boolean {
  return access.mounts.length > 0
}

/** What generators are made of. All of the standard library would take minutes where nothing is compiled yet. */
const usualPackages = ["encoding/json", "go/format", "go/types", "os/exec", "text/template"]

/**
 * A part of the standard library for the machine that builds, as go commands of hooks and generators compile it. Depends on
 * nothing of the project, so that it is done once.
 */
export function compileStandardLibrary(mounts: Mount[]): RunStep {
  return compileForProjectCode(["go", "build", ...usualPackages], mounts)
}

/** Runs code of the project, or a command that does. */
export function runProjectCode(args: string[], go: GoCommand): RunStep {
  // In memory: thousands of links take no time there, and leave nothing.
  const cache: Mount = { type: "tmpfs", target: environment.GOCACHE }
  return { ...call("run", args, [...sharedVolumes(go), cache]), user: projectUser }
}

/** For a container that is handed on: what `run` does for one command. */
export function enterProjectCode(go: GoCommand): Step[] {
  return [
    { ...call("link", [], sharedVolumes(go)), user: projectUser },
    ...Object.entries(environment).map(([name, value]): Step => ({
      type: "environment",
      name,
      value,
    })),
  ]
}

/** Modes as Git has them: those of a clone depend on who cloned it. */
export function setGitModes(facts: Facts): RunStep {
  return call("modes", [sourcePath(facts)], [])
}

/** `go mod` with passwords, which no code of the project may see. */
export function changeGoMod(args: string[], go: GoCommand): RunStep {
  return startedBy(call("plain", args, go.mounts), go.access)
}

/** A command after `enterProjectCode`. */
export function enteredProjectCode(args: string[], go: GoCommand): RunStep {
  return { type: "run", args, mounts: sharedVolumes(go), user: projectUser }
}

/**
 * Compiles what a command that runs code of the project needs, into the shared volume: all that it finds there, it does not
 * compile itself, each time again. `args` is a go command with flags only.
 */
export function compileForProjectCode(
  [go = "", subcommand = "", ...args]: string[],
  mounts: Mount[],
): RunStep {
  const nothingLinked = `-toolexec=${script} tool`
  return call("compile", [go, subcommand, nothingLinked, ...args], mounts)
}

function sharedVolumes({ volumes: { modules, build } }: GoCommand): Mount[] {
  return [
    { type: "cache", id: modules, target: sharedModules },
    { type: "cache", id: build, target: sharedBuild },
  ]
}

function call(act: Act, args: string[], mounts: Mount[]): RunStep {
  return { type: "run", args: ["/bin/sh", script, act, ...args], mounts }
}
