# For the scripts beside it: what a bare clone needs before anything of it can run. Expects $root.

need_node_modules() {
  if ! command -v node >/dev/null; then
    echo "Node.js is not installed: version 20 or newer is needed (https://nodejs.org)." >&2
    exit 4
  fi
  # npm writes this file last; a lockfile newer than it means that something else is wanted now.
  local installed=$root/node_modules/.package-lock.json
  if [ ! "$installed" -nt "$root/package-lock.json" ]; then
    local version
    version=$(node --version)
    version=${version#v}
    if [ "${version%%.*}" -lt 20 ]; then
      echo "Node.js $version is too old: version 20 or newer is needed." >&2
      exit 4
    fi
    echo "installing npm packages (once)" >&2
    local log
    log=$(mktemp)
    if ! (cd "$root" && npm ci --no-audit --no-fund) >"$log" 2>&1; then
      cat "$log" >&2
      rm -f "$log"
      echo "npm ci failed; its output is above." >&2
      exit 4
    fi
    rm -f "$log"
    touch "$installed"
  fi
}

# Prints the path of a program as one file of JavaScript: starting it takes a tenth of the time of a loader that compiles
# TypeScript at each start. In CommonJS, which Node.js loads faster than modules. Made anew when a source file is newer.
# Beside it is start.cjs, which starts it faster still (cli/start.ts). Arguments: its name, its main file.
bundle() {
  local bundle=$root/node_modules/.cache/go-image/$1.cjs
  if [ ! -e "$bundle" ] || [ -n "$(find "$root/src" "$root/cli" "${2%/*}" "$root/package-lock.json" -newer "$bundle" -print -quit)" ]; then
    # In a folder of its own first: another run may be reading the old one, or making the new one, too. The source map is
    # a file of its own, which is read only where something fails.
    local made=${bundle%/*}/$1.$$
    "$root/node_modules/.bin/esbuild" "$1=$2" "start=$root/cli/start.ts" --bundle --platform=node --format=cjs \
      --target=node20 --minify-whitespace --minify-syntax --sourcemap --log-level=warning \
      --outdir="$made" --out-extension:.js=.cjs \
      --define:import.meta.url=__url --banner:js='const __url = require("node:url").pathToFileURL(__filename).href' >&2
    mv "$made"/*.map "$made"/*.cjs "${bundle%/*}/"
    rmdir "$made"
  fi
  echo "$bundle"
}
