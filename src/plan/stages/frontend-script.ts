/** Where files of the front end are. */
export const frontendPath = "/src"

export const cachePath = "/var/cache/packages"

export const passwordPath = "/run/secrets/npm-token"

/**
 * What the steps of a front end do. Packages are downloaded by root, by a program that runs nothing of the project, into a
 * cache that all projects share; scripts of packages and of the project run as a user who has neither the cache nor a
 * password.
 */
export const frontendScript = `#!/bin/sh
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
# To yarn, a variable that its settings name has to be there.
passwords() {
  password=
  if [ -f ${passwordPath} ]; then password=$(cat ${passwordPath}); fi
  for name; do export "$name=$password"; done
}
case $act in
prepare)
  echo 'project:x:10001:10001::/home/project:/bin/sh' >>/etc/passwd
  echo 'project:x:10001:' >>/etc/group
  mkdir -p /home/project "$@"
  chown 10001:10001 /home/project "$@"
  ;;
manager)
  # The program of bun is put in its place by a script of its own.
  scripts=--ignore-scripts
  case $1 in bun@*) scripts=--ignore-scripts=false ;; esac
  npm install --global --cache ${cachePath} --loglevel=error $scripts --force "$1"
  ;;
install)
  manager=$1 how=$2
  shift 2
  passwords "$@"
  export CI=true
  if [ "$(id -u)" = 0 ]; then cache=${cachePath} HOME=/root; else cache=/tmp/packages HOME=/home/project; fi
  export HOME
  case $manager-$how in
  npm-locked) npm ci --ignore-scripts --cache "$cache" ;;
  npm-free) npm install --ignore-scripts --no-package-lock --cache "$cache" ;;
  pnpm-locked) pnpm install --frozen-lockfile --ignore-scripts --store-dir "$cache" ;;
  pnpm-free) pnpm install --no-frozen-lockfile --ignore-scripts --store-dir "$cache" ;;
  yarn-locked) yarn install --frozen-lockfile --ignore-scripts --non-interactive --cache-folder "$cache" ;;
  yarn-free) yarn install --no-lockfile --ignore-scripts --non-interactive --cache-folder "$cache" ;;
  berry-*)
    # Packages are in the project, since programs are run from there; what was downloaded is kept beside it.
    export YARN_GLOBAL_FOLDER="$cache" YARN_ENABLE_GLOBAL_CACHE=false
    if [ "$how" = locked ]; then yarn install --immutable --mode=skip-build
    else YARN_ENABLE_IMMUTABLE_INSTALLS=false yarn install --mode=skip-build; fi
    ;;
  bun-locked) BUN_INSTALL_CACHE_DIR="$cache" bun install --frozen-lockfile --ignore-scripts ;;
  bun-free) BUN_INSTALL_CACHE_DIR="$cache" bun install --no-save --ignore-scripts ;;
  esac
  rm -rf /tmp/packages
  if [ "$(id -u)" = 0 ]; then chown -R 10001:10001 .; fi
  ;;
scripts)
  # Those of the packages. The project's own are run when its files are there.
  manager=$1
  shift
  export HOME=/home/project
  passwords \${PASSWORDS:-}
  cp -p package.json /tmp/package.json
  node -e '
    const fs = require("fs")
    const found = JSON.parse(fs.readFileSync("package.json", "utf8").replace(/^\\uFEFF/, ""))
    for (const each of ["preinstall", "install", "postinstall", "prepare"]) delete found.scripts?.[each]
    fs.writeFileSync("package.json", JSON.stringify(found))
  '
  case $manager in
  npm | yarn) if [ -d node_modules ]; then npm rebuild; fi ;;
  pnpm) pnpm rebuild --recursive ;;
  berry) YARN_ENABLE_GLOBAL_CACHE=false YARN_ENABLE_NETWORK=false yarn rebuild ;;
  bun) [ $# = 0 ] || npm rebuild "$@" ;;
  esac
  cp -p /tmp/package.json package.json
  ;;
run)
  # Scripts of the project, of its package.json.
  manager=$1
  shift
  export HOME=/home/project
  passwords \${PASSWORDS:-}
  for script; do "\${manager%%-*}" run "$script"; done
  ;;
build)
  manager=$1 script=$2 count=$3
  shift 3
  export HOME=/home/project
  passwords \${PASSWORDS:-}
  : >/tmp/started
  root=$1
  shift
  if [ $# -gt "$count" ]; then
    command=$1
    shift
    PATH="$PWD/node_modules/.bin:$root/node_modules/.bin:$PATH" /bin/sh -c "$command"
  else
    command="$manager run $script"
    "$manager" run "$script"
  fi
  for output; do
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
  ;;
esac
`
