#!/bin/sh
# Compiles packages, and collects what of the two cache volumes a build of them reads, no more.
#
#   collect-dependencies.sh archives|sources|own TO SOURCE [FLAG…]
#
# Compiled packages are files of Go's build cache. A package's file there is its Export; the file that leads to it is named
# by the first part of its BuildID, of which that has the first 15 bytes. Modules are either whole archives, in a folder that
# GOPROXY can name, or the source files of the packages alone, in a folder that GOMODCACHE can name.
# https://pkg.go.dev/cmd/go#hdr-List_packages_or_modules https://go.dev/ref/mod#goproxy-protocol
set -eu
what=$1 to=$2 source=$3
shift 3
mkdir -p "$to/packages" "$to/modules" "$to/sources"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# One line each: the file of a compiled package; the folder of one of a module, with its files that are embedded, and its
# flags of C that name the folder.
compiled='{{.Export}} {{.BuildID}} {{with .Module}}{{.Dir}}{{end}}'
case $what in
# The project's own have no version: those of the main module, a workspace, and folders that stand for modules.
own) format="{{if and .Export (not .Standard) .Module (not .Module.Version)}}$compiled{{end}}" ;;
archives) format="{{if .Export}}$compiled{{end}}" ;;
sources)
  format="{{if .Export}}$compiled{{end}}{{if and .Module (not .Standard) (not .Error)}}{{\$folder := .Dir}}
package {{.ImportPath}} {{.Dir}}{{range .EmbedFiles}}
file {{\$folder}}/{{.}}{{end}}{{if .CgoFiles}}
flags {{.CgoCPPFLAGS}} {{.CgoCFLAGS}} {{.CgoCXXFLAGS}} {{.CgoLDFLAGS}}{{end}}{{end}}"
  ;;
esac
# What does not compile is left out: the command that compiles the programs tells of it.
/bin/sh /slow-packages.sh xargs go list -e -export -deps -debug-actiongraph=/tmp/go-actions.json "$@" -f "$format" -- \
  </imports.txt >"$temporary/packages" || :

# Copies files, by their paths below the folder that it is in.
copy_files() {
  tar -cf - -T - | tar -xf - -C "$1"
}

compiled_packages() {
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
    }' "$temporary/packages" >"$temporary/entries"
  cd "$GOCACHE"
  while read -r output action; do
    set -- "$action"*-a
    [ ! -e "$1" ] || echo "$output $1"
  done <"$temporary/entries" >"$temporary/found"
  cut -d' ' -f1 "$temporary/found" | copy_files "$to/packages"
  cut -d' ' -f2 "$temporary/found" | cut -d/ -f1 | sort -u | sed "s|^|$to/packages/|" | xargs mkdir -p "$to/packages"
  # An entry ends with its time, in twenty places. Times are those of no build, so that the same packages are the same layer.
  awk -v to="$to/packages/" '{
    getline entry <$2
    close($2)
    printf "%s%20d\n", substr(entry, 1, length(entry) - 20), 0 >(to $2)
    close(to $2)
  }' "$temporary/found"
}

# What go.sum names, as the module cache writes it: `zip PATH@VERSION` or `mod PATH@VERSION`.
sums() {
  find "$source" -name go.sum -o -name go.work.sum | while read -r file; do cat "$file"; done |
    awk '{
      kind = sub(/\/go\.mod$/, "", $2) ? "mod" : "zip"
      text = $1 "@" $2
      path = ""
      for (i = 1; i <= length(text); i++) {
        letter = substr(text, i, 1)
        path = path (letter ~ /[A-Z]/ ? "!" tolower(letter) : letter)
      }
      print kind, path
    }' | sort -u
}

# Of modules of a list, files of those kinds that the module cache has, with all files of go.mod: the go command reads those
# of more modules than it compiles.
downloads() {
  cd "$GOMODCACHE/cache/download"
  {
    sed 's|@|/@v/|' "$1" | while read -r file; do
      for kind in $2; do echo "$file.$kind"; done
    done
    sums | sed -n 's|^mod \(.*\)@|\1/@v/|p' | sed 's|$|.mod|'
  } | sort -u | while read -r file; do [ ! -f "$file" ] || echo "$file"; done
}

archives() {
  awk -v cache="$GOMODCACHE/" 'index($NF, cache) == 1 {
    path = substr($NF, length(cache) + 1)
    at = index(path, "@")
    version = substr(path, at)
    sub(/\/.*/, "", version)
    print substr(path, 1, at - 1) version
  }' "$temporary/packages" | sort -u >"$temporary/modules"
  downloads "$temporary/modules" "info mod zip" >"$temporary/files"
  cd "$GOMODCACHE/cache/download"
  copy_files "$to/modules" <"$temporary/files"
}

# Whether a path of this machine stands in what is compiled with C: it is another one with sources elsewhere.
names_folders() {
  sed -n 's/^flags //p' "$temporary/packages" | grep -qF "$GOMODCACHE"
}

# All files of the folders of packages, but for tests, and what is embedded or says how a module is licensed. Those of all
# files of their modules have sums, by which those of modules in go.sum can be worked out.
sources() {
  cd "$GOMODCACHE"
  awk -v cache="$GOMODCACHE/" '
    $1 == "package" && index($3, cache) == 1 { print "package", $2, substr($3, length(cache) + 1) }
    $1 == "file" && index($2, cache) == 1 { print "file", substr($0, length(cache) + 6) }
  ' "$temporary/packages" | sort -u >"$temporary/used"
  sums | sed -n 's/^zip //p' >"$temporary/sums"
  # And of modules that could have a package by its path, in which the go command looks for it.
  awk '
    FNR == NR && $1 == "package" {
      match($3, /@[^\/]*/)
      print substr($3, 1, RSTART + RLENGTH - 1)
      imported[substr($3, 1, RSTART - 1) substr($3, RSTART + RLENGTH)]
    }
    FNR < NR {
      path = substr($0, 1, index($0, "@") - 1)
      for (each in imported) if (index(each "/", path "/") == 1) { print; break }
    }
  ' "$temporary/used" "$temporary/sums" | sort -u | while read -r module; do
    [ ! -d "$module" ] || echo "$module"
  done >"$temporary/modules"
  tr '\n' '\0' <"$temporary/modules" | xargs -0 -r sh -c 'find "$@" -type f' find >"$temporary/all"
  LC_ALL=C sort "$temporary/all" | tr '\n' '\0' | xargs -0 -r sha256sum >"$to/sums.txt"
  {
    sed -n 's/^file //p' "$temporary/used"
    awk '$1 == "package" { print $3 }' "$temporary/used" | sort -u | tr '\n' '\0' |
      xargs -0 -r sh -c 'find "$@" -mindepth 1 -maxdepth 1 -type f ! -name "*_test.go"' find
    # Licenses, which go with the image.
    tr '\n' '\0' <"$temporary/modules" | xargs -0 -r sh -c 'find "$@" -mindepth 1 -maxdepth 1 -type f' find |
      grep -E '/([Ll][Ii][Cc][Ee][Nn][CcSs][Ee]|COPYING|UNLICEN[CS]E|MIT[-_]LICENSE)[^/]*$' || :
  } | sort -u | copy_files "$to/sources"
  tr '\n' '\0' <"$temporary/modules" | (cd "$to/sources" && xargs -0 -r mkdir -p)
  downloads "$temporary/modules" "info mod ziphash" >"$temporary/files"
  mkdir -p "$to/sources/cache/download"
  cd "$GOMODCACHE/cache/download"
  copy_files "$to/sources/cache/download" <"$temporary/files"
}

compiled_packages
if [ "$what" != own ] && [ -d "$GOMODCACHE/cache/download" ] && grep -qF "$GOMODCACHE/" "$temporary/packages"; then
  if [ "$what" = sources ] && ! names_folders; then sources; else archives; fi
fi
cp /imports.txt "$to/imports.txt"
go env GOVERSION GOOS GOARCH GOARM GOAMD64 >"$to/about"
cd "$to"
find packages modules sources -type f ! -name '*-a' | LC_ALL=C sort | sha256sum | cut -d' ' -f1 >id
read -r id <id
# Elsewhere, the go command remembers what is in a module by the name of its folder.
mv sources "sources-$id"
mkdir -p "$GOCACHE/go-image"
: >"$GOCACHE/go-image/$id"
if [ "$what" != own ]; then
  mkdir -p "$GOMODCACHE/cache/go-image"
  : >"$GOMODCACHE/cache/go-image/$id"
fi
find . -exec touch -h -d @0 {} +
