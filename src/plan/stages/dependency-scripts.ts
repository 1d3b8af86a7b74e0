import { actionsFlag, reportSlow, slowPackagesScript } from "../go/slow-packages.js"
import type { Step } from "../types.js"

/** Where the stage has what it made, and where others see it. */
export const dependenciesPath = "/dependencies"

const collectPath = "/collect-dependencies.sh"
const usePath = "/use-dependencies.sh"
const importsPath = "/imports.txt"

/** Of these, compiled packages are; those of others are not looked at. */
const ofCompiler = "GOVERSION GOOS GOARCH GOARM GOAMD64"

/** Where the stage of the project's own packages has what it made. */
export const ownPackagesPath = "/own-packages"

/*
 * Compiles packages, and collects what of the two cache volumes a build of them reads, no more: compiled packages by their
 * files in Go's build cache, modules as a folder that GOPROXY can name. A package's file in the cache is its Export; the file
 * that leads there is named by the first part of its BuildID, of which that has the first 15 bytes.
 * https://pkg.go.dev/cmd/go#hdr-List_packages_or_modules https://go.dev/ref/mod#goproxy-protocol
 *
 * Times are those of no build, so that the same packages are the same layer. What does not compile is left out: the command
 * that compiles the programs tells of it.
 */
const collect = `set -eu
which=$1 to=$2 source=$3
shift 3
mkdir -p "$to/packages" "$to/modules"
# Own ones have no version: those of the main module, a workspace, and folders that stand for modules.
own='{{if and .Export (not .Standard) .Module (not .Module.Version)}}'
[ "$which" = own ] && only=$own || only='{{if .Export}}'
${reportSlow.join(" ")} xargs go list -e -export -deps ${actionsFlag} "$@" \\
  -f "$only"'{{.Export}} {{.BuildID}} {{with .Module}}{{.Dir}}{{end}}{{end}}' -- \\
  <${importsPath} >/tmp/packages || :
awk -v cache="$GOCACHE/" '
  BEGIN {
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    digits = "0123456789abcdef"
    for (i = 0; i < 64; i++) value[substr(letters, i + 1, 1)] = i
  }
  function hexadecimal(text,  i, bits, all) {
    for (i = 1; i < 20; i += 2) {
      bits = value[substr(text, i, 1)] * 64 + value[substr(text, i + 1, 1)]
      all = all substr(digits, int(bits / 256) + 1, 1) substr(digits, int(bits / 16) % 16 + 1, 1)
      all = all substr(digits, bits % 16 + 1, 1)
    }
    return all
  }
  index($1, cache) == 1 {
    action = hexadecimal($2)
    print substr($1, length(cache) + 1), substr(action, 1, 2) "/" action
  }' /tmp/packages >/tmp/entries
cd "$GOCACHE"
while read -r output action; do
  set -- "$action"*-a
  [ ! -e "$1" ] || echo "$output $1"
done </tmp/entries >/tmp/found
cut -d' ' -f1 /tmp/found | tar -cf - -T - | tar -xf - -C "$to/packages"
cut -d' ' -f2 /tmp/found | cut -d/ -f1 | sort -u | sed "s|^|$to/packages/|" | xargs mkdir -p $to/packages
# An entry ends with its time, in twenty places.
awk -v to="$to/packages/" '{
  getline entry <$2
  close($2)
  printf "%s%20d\\n", substr(entry, 1, length(entry) - 20), 0 >(to $2)
  close(to $2)
}' /tmp/found
if [ "$which" = all ] && [ -d "$GOMODCACHE/cache/download" ]; then
  cd "$GOMODCACHE/cache/download"
  {
    awk -v cache="$GOMODCACHE/" 'index($3, cache) == 1 {
      path = substr($3, length(cache) + 1)
      at = index(path, "@")
      folder = substr(path, 1, at - 1) "/@v/" substr(path, at + 1)
      print folder ".info"
      print folder ".mod"
      print folder ".zip"
    }' /tmp/packages
    # The go command reads the go.mod of more modules than those that it compiles.
    find "$source" -name go.sum -o -name go.work.sum | while read -r sums; do cat "$sums"; done |
      awk '$2 ~ /\\/go\\.mod$/ {
        version = $2
        sub(/\\/go\\.mod$/, "", version)
        text = $1 "/@v/" version ".mod"
        path = ""
        for (i = 1; i <= length(text); i++) {
          letter = substr(text, i, 1)
          path = path (letter ~ /[A-Z]/ ? "!" tolower(letter) : letter)
        }
        print path
      }'
  } | sort -u | while read -r file; do [ ! -f "$file" ] || echo "$file"; done |
    tar -cf - -T - | tar -xf - -C $to/modules
fi
cp ${importsPath} $to/imports.txt
go env ${ofCompiler} >$to/about
cd $to
find packages modules -type f ! -name '*-a' | LC_ALL=C sort | sha256sum | cut -d' ' -f1 >id
read -r id <id
mkdir -p "$GOCACHE/go-image"
: >"$GOCACHE/go-image/$id"
: >"$GOCACHE/go-image/$id-modules"
find . -exec touch -h -d @0 {} +
`

/*
 * Fills cache volumes that are empty, as on another machine, with what the stage of the dependencies has, and then runs a
 * command. Of a cache that somebody else may have written: only files with the names and the contents that Go's cache has,
 * and modules by way of the go command, which compares them with go.sum.
 */
const use = `set -eu
what=$1 flags=$2 from=${dependenciesPath} known=$GOCACHE/go-image
shift 2
is_sound() {
  odd=$(find $from/packages -mindepth 1 ! -type d \\( ! -type f -o ! -name '*-[ad]' \\))
  [ -z "$odd" ] && (
    cd $from/packages
    find . -name '*-d' | sed 's|^\\./../\\(.*\\)-d$|\\1  &|' | sha256sum -c >/dev/null 2>&1
  )
}
mark() {
  mkdir -p "$known"
  : >"$known/$1"
}
packages() {
  if is_sound; then
    mkdir -p "$GOCACHE"
    # Those that it has are of the same content.
    cp -Rn $from/packages/. "$GOCACHE/" 2>/dev/null || :
  else
    echo "note: the compiled dependencies of the build cache are damaged: they are not used" >&2
  fi
}
modules() {
  [ -n "$(find $from/modules -name '*.zip' | head -n 1)" ] || return 0
  GOPROXY=file://$from/modules GONOPROXY=none \\
    xargs go list -e -deps $flags -- <$from/imports.txt >/dev/null 2>&1 || :
}
if [ -e $from/about ] && [ "$(cat $from/about)" != "$(go env ${ofCompiler})" ]; then
  # Programs of ours for the machine that builds are not of the image's platform.
  [ "$what" = packages ] ||
    echo "note: the compiled packages are of another Go or platform: they are not used" >&2
elif read -r id 2>/dev/null <$from/id; then
  case $id in
  *[!0-9a-f]*) ;;
  *)
    # Side by side: one reads and writes, the other mostly unpacks.
    [ -e "$known/$id" ] || { packages && mark "$id"; } &
    [ "$what" = packages ] || [ -e "$known/$id-modules" ] || { modules && mark "$id-modules"; }
    wait
    ;;
  esac
fi
exec "$@"
`

export const collectScripts: readonly Step[] = [
  slowPackagesScript,
  { type: "file", path: collectPath, content: collect, mode: 0o755 },
]

export const useScript: Step = { type: "file", path: usePath, content: use, mode: 0o755 }

export function importsFile(imports: readonly string[]): Step {
  return {
    type: "file",
    path: importsPath,
    content: imports.map((path) => `${path}\n`).join(""),
    mode: 0o644,
  }
}

/** @param source Folder with all go.sum files. */
export function collectDependencies(source: string, flags: readonly string[]): string[] {
  return ["/bin/sh", collectPath, "all", dependenciesPath, source, ...flags]
}

/** Of what the packages of the list need, the project's own ones. */
export function collectOwnPackages(source: string, flags: readonly string[]): string[] {
  return ["/bin/sh", collectPath, "own", ownPackagesPath, source, ...flags]
}

/**
 * @param what Of programs that have no module of the project's, packages.
 * @param tags The flag for build tags, where there is one.
 */
export function useDependencies(
  what: "all" | "packages",
  [tags = ""]: readonly string[] = [],
): string[] {
  return ["/bin/sh", usePath, what, tags]
}
