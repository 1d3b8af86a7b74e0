#!/bin/sh
# Runs a command with what the stage of the dependencies has, where the cache volumes do not have it, as on another machine.
#
#   use-dependencies.sh all|packages TAGS COMMAND…
#
# Of a cache that somebody else may have written: only files with the names and the contents that Go's build cache has, and
# modules that are those of go.sum. Of programs that have no module of the project's, packages alone.
set -eu
what=$1 tags=$2 from=/dependencies
shift 2
[ -e "$from/id" ] && read -r id <"$from/id" || id=
case $id in '' | *[!0-9a-f]*) exec "$@" ;; esac
sources=$from/sources-$id
packages_known=$GOCACHE/go-image/$id
sources_known=$GOCACHE/go-image/$id-sources
modules_known=$GOMODCACHE/cache/go-image/$id

mark() {
  mkdir -p "${1%/*}"
  : >"$1"
}

packages() {
  odd=$(find $from/packages -mindepth 1 ! -type d \( ! -type f -o ! -name '*-[ad]' \))
  [ -z "$odd" ] && (
    cd $from/packages
    find . -name '*-d' | sed 's|^\./../\(.*\)-d$|\1  &|' | sha256sum -c >/dev/null 2>&1
  ) || {
    echo "note: the compiled dependencies of the build cache are damaged: they are not used" >&2
    return 0
  }
  mkdir -p "$GOCACHE"
  # Those that it has are of the same content.
  cp -Rn $from/packages/. "$GOCACHE/" 2>/dev/null || :
}

# Into the volume. The go command compares them with go.sum.
archives() {
  GOPROXY=file://$from/modules GONOPROXY=none \
    xargs go list -e -deps $tags -- <$from/imports.txt >/dev/null 2>&1 || :
}

# Whether each file is one of those with a sum, and the sums of each module's files are the module's: that of its .ziphash,
# which the go command compares with go.sum. https://go.dev/ref/mod#go-sum-files
are_of_modules() {
  present=$(mktemp) listed=$(mktemp)
  odd=$(find "$sources" ! -type d ! -type f)
  cd "$sources"
  find . -path ./cache -prune -o -type f -print | sed 's|^\./||' | tr '\n' '\0' | xargs -0 -r sha256sum | LC_ALL=C sort >"$present"
  LC_ALL=C sort $from/sums.txt >"$listed"
  odd=$odd$(LC_ALL=C comm -23 "$present" "$listed")
  awk -v to="$listed" '
    {
      match($2, /@[^\/]*/)
      module = substr($2, 1, RSTART + RLENGTH - 1)
      if (module != last) {
        if (last != "") close("sha256sum")
        print module >to
        last = module
      }
      # In capitals as its authors wrote it.
      name = module
      while (match(name, /![a-z]/))
        name = substr(name, 1, RSTART - 1) toupper(substr(name, RSTART + 1, 1)) substr(name, RSTART + 2)
      print substr($0, 1, 66) name substr($0, 67 + length(module)) | "sha256sum"
    }
  ' $from/sums.txt >"$present"
  odd=$odd$(paste -d' ' "$present" "$listed" | awk -v downloads="$sources/cache/download/" '
    BEGIN {
      letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
      for (i = 0; i < 16; i++) value[substr("0123456789abcdef", i + 1, 1)] = i
    }
    {
      text = ""
      for (i = 1; i < 64; i += 3) {
        bits = value[substr($1, i, 1)] * 256 + value[substr($1, i + 1, 1)] * 16 + value[substr($1, i + 2, 1)]
        text = text substr(letters, int(bits / 64) + 1, 1) substr(letters, bits % 64 + 1, 1)
      }
      # Of the last of 64 digits, two thirds of a letter are left.
      bits = value[substr($1, 64, 1)]
      text = text substr(letters, bits * 4 + 1, 1) "="
      file = $3
      sub("@", "/@v/", file)
      sum = ""
      getline sum <(downloads file ".ziphash")
      close(downloads file ".ziphash")
      if (sum != "h1:" text) print $3
    }')
  rm -f "$present" "$listed"
  [ -z "$odd" ]
}

# Whether there is all that the go command reads for a command that compiles: code that a hook has made may import more.
have_all_for() (
  while [ $# -gt 2 ] && [ "$1" != go ]; do shift; done
  case "${2-}" in
  build) tests= ;;
  vet) tests=-test ;;
  *) exit 0 ;;
  esac
  shift 2
  left=$#
  while [ "$left" -gt 0 ]; do
    argument=$1
    shift
    left=$((left - 1))
    case $argument in
    -o) shift && left=$((left - 1)) ;;
    -*) ;;
    *) set -- "$@" "$argument" ;;
    esac
  done
  PATH=$(go env GOROOT)/bin:$PATH
  missing=$(GOMODCACHE=$sources GOPROXY=off GONOPROXY=none \
    go list -e -deps $tests $tags -f '{{with .Error}}{{.Err}}{{end}}' -- "$@" 2>&1) || exit 1
  ! echo "$missing" | grep -qE 'GOPROXY=off|no Go files|(provides|providing|contain|find) package'
)

if [ "$(cat $from/about)" != "$(go env GOVERSION GOOS GOARCH GOARM GOAMD64)" ]; then
  # Programs of ours for the machine that builds are not of the image's platform.
  [ "$what" = packages ] || echo "note: the compiled packages are of another Go or platform: they are not used" >&2
  exec "$@"
fi
# Side by side: one reads and writes, the other mostly works.
[ -e "$packages_known" ] || { packages && mark "$packages_known"; } &
if [ "$what" = all ] && [ ! -e "$modules_known" ]; then
  if [ -n "$(find $from/modules -name '*.zip' | head -n 1)" ]; then
    archives && mark "$modules_known"
  elif [ -n "$(find "$sources" -type f | head -n 1)" ]; then
    if [ ! -e "$sources_known" ] && ! (are_of_modules); then
      echo "note: the modules of the build cache are not those of go.sum: they are not used" >&2
    elif mark "$sources_known" && have_all_for "$@"; then
      # Where they are, as they are: nothing is downloaded or unpacked. A Go that go.mod asked for is in the volume.
      PATH=$(go env GOROOT)/bin:$PATH
      export GOMODCACHE="$sources"
    fi
  fi
fi
wait
exec "$@"
