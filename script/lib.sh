# For the scripts beside it: what a bare clone needs before anything of it can run. Expects $root.

need_node_modules() {
  if ! command -v node >/dev/null; then
    echo "Node.js is not installed: version 20 or newer is needed (https://nodejs.org)." >&2
    exit 4
  fi
  has_node_modules && return
  local version
  version=$(node --version)
  version=${version#v}
  if [ "${version%%.*}" -lt 20 ]; then
    echo "Node.js $version is too old: version 20 or newer is needed." >&2
    exit 4
  fi
  # In a shell of its own, whose end lets go of the lock, however it ends.
  (
    lock
    # Another run may have been faster.
    has_node_modules || install_node_modules
  ) || exit 4
}

# npm writes this file last; a lockfile newer than it means that something else is wanted now.
has_node_modules() {
  [ "$root/node_modules/.package-lock.json" -nt "$root/package-lock.json" ]
}

install_node_modules() {
  echo "installing npm packages (once)" >&2
  local log
  log=$(mktemp) || exit 4
  if ! (cd "$root" && npm ci --no-audit --no-fund) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "npm ci failed; its output is above." >&2
    exit 4
  fi
  rm -f "$log"
  touch "$root/node_modules/.package-lock.json"
}

# Waits until no other run has the lock, and has it until this shell ends. Where flock(1) is, the kernel knows whose it is;
# elsewhere (macOS) a link does, by a process id.
lock() {
  if command -v flock >/dev/null; then
    exec 9<"$root/package-lock.json"
    flock 9
    return
  fi
  # For the trap, too, which comes after this function; $$ is that of the script, in a subshell too.
  link=$root/node_modules.lock
  local holder
  own=$(exec sh -c 'echo $PPID')
  trap 'if [ "$(readlink "$link")" = "$own" ]; then rm -f "$link"; fi' EXIT
  trap 'exit 130' INT TERM HUP
  while [ "$(readlink "$link")" != "$own" ]; do
    if holder=$(readlink "$link"); then
      # Of a run that was killed: two that see that at once both remove it, hence the second look after a moment.
      if kill -0 "$holder" 2>/dev/null || ps -p "$holder" >/dev/null 2>&1; then sleep 0.2; else rm -f "$link"; fi
    elif ! ln -s "$own" "$link" 2>/dev/null && [ ! -w "$root" ]; then
      echo "$root cannot be written to, and npm packages must be installed in it." >&2
      exit 4
    else
      sleep 0.3
    fi
  done
}

# Makes JavaScript of programs, one file of each, in CommonJS, which Node.js loads faster than modules. Arguments: the folder
# for them, NAME=FILE of each, and further options of esbuild.
compile() {
  "$root/node_modules/.bin/esbuild" "${@:2}" --bundle --platform=node --format=cjs --target=node20 --minify-whitespace \
    --minify-syntax --log-level=warning --outdir="$1" --out-extension:.js=.cjs \
    "--alias:node:child_process=$root/cli/start/lazy-child-process.ts" --define:import.meta.url=__url \
    --banner:js='const __url = require("node:url").pathToFileURL(__filename).href' >&2
}

# Prints the bundle of each command that is not a build, `NAME=FILE`, as cli/commands.json has them.
command_programs() {
  local name program
  while IFS='"' read -r _ name _ program _; do
    [ -z "$name" ] || [ "$name" != "$program" ] || echo "$program=$root/cli/commands/$program/main.ts"
  done <"$root/cli/commands.json"
}

# Prints the bundle that has a command; nothing where there is no command of that name.
program_of() {
  local name program
  while IFS='"' read -r _ name _ program _; do
    if [ "$name" = "$1" ]; then echo "$program"; fi
  done <"$root/cli/commands.json"
}

# Prints the path of a program as one file of JavaScript: starting it takes a tenth of the time of a loader that compiles
# TypeScript at each start. Made again when a source file is newer.
# Beside it is start.cjs, which starts it faster still (cli/start/start.ts). Arguments: its name, its main file, and those of what it
# loads only when it needs it, each NAME=FILE.
bundle() {
  local bundle=$root/node_modules/.cache/go-image/$1.cjs
  if [ ! -e "$bundle" ] || [ -n "$(find "$root/src" "$root/cli" "${2%/*}" "$root/package-lock.json" -newer "$bundle" -print -quit)" ]; then
    # In a folder of its own first: another run may be reading the old one, or making the new one, too. The source map is
    # a file of its own, which is read only where something fails.
    local made=${bundle%/*}/$1.$$
    if ! mkdir -p "$made"; then
      echo "The command is made of its source once, and cannot be written to ${bundle%/*}." >&2
      exit 4
    fi
    compile "$made" "$1=$2" "start=$root/cli/start/start.ts" "${@:3}" --sourcemap &&
      mv "$made"/*.map "$made"/*.cjs "${bundle%/*}/" || {
      rm -rf "$made"
      echo "The command could not be made of its source; why is said above." >&2
      exit 4
    }
    rmdir "$made"
  fi
  echo "$bundle"
}

# What the command line loads for an SBOM, a provenance or an explanation alone.
loaded_later=("attest=$root/cli/attest/main.ts" "after-build=$root/cli/commands/explain/after-build.ts")

bundle_cli() {
  bundle cli "$root/cli/main.ts" "${loaded_later[@]}"
}
