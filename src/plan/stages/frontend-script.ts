/** Where files of the front end are. */
export const frontendPath = "/src"

export const cachePath = "/var/cache/packages"

export const passwordPath = "/run/secrets/npm-token"

/** What a front end needs of the script. */
export interface FrontendParts {
  /** npm, pnpm, yarn, berry or bun; undefined where nothing is installed. */
  installs: { kind: string; isLocked: boolean } | undefined
  /** The package manager is installed first. */
  hasManager: boolean
  hasPasswords: boolean
  /** Scripts of package.json run before the build. */
  hasLifecycle: boolean
  /** A command builds it, not a script of package.json. */
  hasCommand: boolean
}

/**
 * What the steps of a front end do. Packages are downloaded by root, by a program that runs nothing of the project, into a
 * cache that all projects share; scripts of packages and of the project run as a user who has neither the cache nor a
 * password.
 */
export function frontendScript(parts: FrontendParts): string {
  const { installs, hasManager, hasPasswords, hasLifecycle, hasCommand } = parts
  const passwords = hasPasswords ? "  passwords ${NPM_ACCESS_NAMES:-}\n" : ""
  const acts = [
    prepare,
    ...(hasManager ? [manager] : []),
    ...(installs ? [install(installs, hasPasswords), scripts(installs.kind, passwords)] : []),
    ...(hasLifecycle ? [run(passwords)] : []),
    build(hasCommand, passwords),
  ]
  return `#!/bin/sh
set -eu
act=$1
shift
# Nobody is asked, and no browser is fetched for tests.
export HUSKY=0 CYPRESS_INSTALL_BINARY=0 PUPPETEER_SKIP_DOWNLOAD=1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export NG_CLI_ANALYTICS=false NEXT_TELEMETRY_DISABLED=1 ASTRO_TELEMETRY_DISABLED=1
export YARN_ENABLE_TELEMETRY=0 YARN_IGNORE_PATH=1
export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false npm_config_logs_max=0
certificates=/etc/ssl/certs/ca-certificates.crt
if [ -z "\${NODE_EXTRA_CA_CERTS:-}" ] && [ -f $certificates ]; then export NODE_EXTRA_CA_CERTS=$certificates; fi
${hasPasswords ? readPasswords : ""}case $act in
${acts.map((act) => `${act}  ;;\n`).join("")}esac
`
}

/** To yarn, a variable that its settings name has to be there. */
const readPasswords = `passwords() {
  password=
  if [ -f ${passwordPath} ]; then password=$(cat ${passwordPath}); fi
  for name; do export "$name=$password"; done
}
`

const prepare = `prepare)
  echo 'project:x:10001:10001::/home/project:/bin/sh' >>/etc/passwd
  echo 'project:x:10001:' >>/etc/group
  mkdir -p /home/project "$@"
  chown 10001:10001 /home/project "$@"
`

const manager = `manager)
  # The program of bun is put in its place by a script of its own.
  scripts=--ignore-scripts
  case $1 in bun@*) scripts=--ignore-scripts=false ;; esac
  npm install --global --cache ${cachePath} --loglevel=error $scripts --force "$1"
`

/** By the package manager's name, with a lockfile and without one. */
const installCommands: Readonly<Record<string, { locked: string; free: string }>> = {
  npm: {
    locked: `npm ci --ignore-scripts --cache "$cache"`,
    free: `npm install --ignore-scripts --no-package-lock --cache "$cache"`,
  },
  pnpm: {
    locked: `pnpm install --frozen-lockfile --ignore-scripts --store-dir "$cache"`,
    free: `pnpm install --no-frozen-lockfile --ignore-scripts --store-dir "$cache"`,
  },
  yarn: {
    locked: `yarn install --frozen-lockfile --ignore-scripts --non-interactive --cache-folder "$cache"`,
    free: `yarn install --no-lockfile --ignore-scripts --non-interactive --cache-folder "$cache"`,
  },
  // Packages are in the project, since programs are run from there; what was downloaded is kept beside it.
  berry: {
    locked: `export YARN_GLOBAL_FOLDER="$cache" YARN_ENABLE_GLOBAL_CACHE=false
  yarn install --immutable --mode=skip-build`,
    free: `export YARN_GLOBAL_FOLDER="$cache" YARN_ENABLE_GLOBAL_CACHE=false
  YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn install --mode=skip-build`,
  },
  bun: {
    locked: `BUN_INSTALL_CACHE_DIR="$cache" bun install --frozen-lockfile --ignore-scripts`,
    free: `BUN_INSTALL_CACHE_DIR="$cache" bun install --no-save --ignore-scripts`,
  },
}

function install(
  { kind, isLocked }: { kind: string; isLocked: boolean },
  hasPasswords: boolean,
): string {
  return `install)
${hasPasswords ? '  passwords "$@"\n' : ""}  export CI=true
  if [ "$(id -u)" = 0 ]; then cache=${cachePath} HOME=/root; else cache=/tmp/packages HOME=/home/project; fi
  export HOME
  ${installCommands[kind]?.[isLocked ? "locked" : "free"] ?? ""}
  rm -rf /tmp/packages
  if [ "$(id -u)" = 0 ]; then chown -R 10001:10001 .; fi
`
}

const rebuildCommands: Readonly<Record<string, string>> = {
  npm: "if [ -d node_modules ]; then npm rebuild; fi",
  yarn: "if [ -d node_modules ]; then npm rebuild; fi",
  pnpm: "pnpm rebuild --recursive",
  berry: "YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_NETWORK=false yarn rebuild",
  bun: `[ $# = 0 ] || npm rebuild "$@"`,
}

/** Those of the packages. The project's own are run when its files are there. */
function scripts(kind: string, passwords: string): string {
  return `scripts)
  # Those of the packages. The project's own are run when its files are there.
  export HOME=/home/project
${passwords}  cp -p package.json /tmp/package.json
  node -e '
    const fs = require("fs")
    const found = JSON.parse(fs.readFileSync("package.json", "utf8").replace(/^\\uFEFF/, ""))
    for (const each of ["preinstall", "install", "postinstall", "prepare"]) delete found.scripts?.[each]
    fs.writeFileSync("package.json", JSON.stringify(found))
  '
  ${rebuildCommands[kind] ?? ""}
  cp -p /tmp/package.json package.json
`
}

/** Scripts of the project, of its package.json. */
function run(passwords: string): string {
  return `run)
  # Scripts of the project, of its package.json.
  manager=$1
  shift
  export HOME=/home/project
${passwords}  for script; do "$manager" run "$script"; done
`
}

function build(hasCommand: boolean, passwords: string): string {
  const start = hasCommand
    ? `  root=$1 command=$2
  shift 2
  PATH="$PWD/node_modules/.bin:$root/node_modules/.bin:$PATH" /bin/sh -c "$command"
`
    : `  command="$1 run $2"
  "$1" run "$2"
  shift 2
`
  return `build)
  export HOME=/home/project
${passwords}  : >/tmp/started
${start}  for output; do
    if [ -f "$output" ] || { [ -d "$output" ] && [ -n "$(find "$output" -type f | head -n 1)" ]; }; then
      # The same files make the same image.
      find "$output" -exec touch -h -d @0 {} +
      continue
    fi
    {
      echo "$command made no \${output#${frontendPath}/}."
      made=$(find ${frontendPath} -name node_modules -prune -o -type f -newer /tmp/started -print |
        sed 's|^${frontendPath}/||; s|/[^/]*$||' | sort -u | head -n 5 | tr '\\n' ' ')
      echo "Folders with files that it made: \${made:-none}"
      echo "Name the right one: --frontend FOLDER --frontend output=FOLDER"
    } >&2
    exit 1
  done
`
}
