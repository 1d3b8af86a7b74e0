#!/bin/sh
# Runs a command that has `go` write to a file what it does, and prints what took long, as slow-packages.ts reads it.
actions=/tmp/go-actions.json

# What is compiled at the moment, by the processes that there are: `compiling: a, b and 3 more`, or `linking`. The compiler
# and the assembler are told the package by -p, cgo by -importpath; a C compiler runs in its folder. First are those that
# were compiled at the last look, too.
look() {
  {
    ls -l /proc/[0-9]*/cwd /proc/[0-9]*/exe
    cat /proc/[0-9]*/cmdline | tr '\0' '\n'
  } 2>/dev/null | awk -v before="$1" '
    function add(name) {
      if (name in seen) return
      seen[name]
      if (index(before " ", " " name " ") || index(before, " " name ",")) named[++count] = name
      else other[++others] = name
    }
    function decoded(path,  at) {
      while ((at = index(path, "!")) > 0) path = substr(path, 1, at - 1) toupper(substr(path, at + 1, 1)) substr(path, at + 2)
      return path
    }
    function imported(folder) {
      if (sub(/.*\/pkg\/mod\//, "", folder)) sub(/@[^\/]*/, "", folder)
      else if (!sub(/.*\/vendor\//, "", folder)) sub(/.*\/go\/src\//, "", folder)
      return decoded(folder)
    }
    match($0, /\/proc\/[0-9]+\/(cwd|exe) -> /) {
      split(substr($0, RSTART, RLENGTH), part, /[\/ ]/)
      target = substr($0, RSTART + RLENGTH)
      if (part[4] == "cwd") folder[part[3]] = target
      else if (target ~ /\/(cc1|cc1plus|clang[^\/]*)$/) inC[++inCs] = part[3]
      next
    }
    /\/tool\/[a-z0-9_]+\/[a-z]+$/ { sub(/.*\//, ""); tool = $0 }
    tool == "link" { links = 1; tool = "" }
    (last == "-p" && (tool == "compile" || tool == "asm")) || (last == "-importpath" && tool == "cgo") { add($0); tool = "" }
    { last = $0 }
    END {
      for (i = 1; i <= inCs; i++) add(imported(folder[inC[i]]))
      for (i = 1; i <= others; i++) named[++count] = other[i]
      if (count) print "compiling: " named[1] (count > 1 ? ", " named[2] : "") (count > 2 ? " and " count - 2 " more" : "")
      else if (links) print "linking"
    }'
}

# An edit that is compiled in less than the first pause has no more of it than a process that sleeps, and waits for nothing.
tell_current() {
  told=
  while sleep 4 >/dev/null 2>&1; do
    now=$(look "$told")
    [ -z "$now" ] || [ "$now" = "$told" ] || echo "$now"
    told=$now
  done
}

began=$(date +%s)
tell_current >&2 &
"$@"
status=$?
{ kill $! && wait $!; } 2>/dev/null
[ "$status" = 0 ] || {
  rm -f "$actions"
  exit $status
}
# Most edits are compiled in less, and pay for nothing.
[ "$(($(date +%s) - began))" -lt 3 ] ||
  # Of an object for each action, a field a line. Only those that ran a command have one: the others were in Go's cache. A
  # package has several actions if it has C. For each that took long, the packages that import it.
  awk '
    function seconds(time,  part) {
      split(substr(time, index(time, "T") + 1), part, ":")
      return part[1] * 3600 + part[2] * 60 + part[3]
    }
    $1 == "{" { id = mode = package = ran = start = done = list = "" }
    $1 == "]," || $1 == "]" { list = "" }
    list == "deps" && $1 ~ /^[0-9]+,?$/ { edges++; from[edges] = id; to[edges] = $1 + 0 }
    $1 == "\"ID\":" { id = $2 + 0 }
    $1 == "\"Mode\":" { mode = $0; gsub(/^[^:]*: "|",?$/, "", mode) }
    $1 == "\"Package\":" { package = $2; gsub(/[",]/, "", package) }
    $1 == "\"Deps\":" { list = "deps" }
    $1 == "\"Cmd\":" && $2 == "[" { list = "commands"; ran = 1 }
    $1 == "\"TimeStart\":" { gsub(/[",]/, "", $2); start = seconds($2) }
    $1 == "\"TimeDone\":" { gsub(/[",]/, "", $2); done = seconds($2) }
    $1 == "}" || $1 == "}," {
      modeOf[id] = mode
      packageOf[id] = package
      if (done < start) done += 86400
      if (ran && package != "") took[(mode == "link" ? "link" : "package") " " package] += done - start
    }
    END {
      for (count = 0; count < 10; count++) {
        slowest = ""
        for (each in took) if (slowest == "" || took[each] > took[slowest]) slowest = each
        if (slowest == "" || took[slowest] < 0.5) break
        split(slowest, word, " ")
        line = sprintf("slow %s: %.1f s %s", word[1], took[slowest], word[2])
        delete took[slowest]
        importers = more = 0
        split("", seen)
        if (word[1] == "package") for (i = 1; i <= edges; i++) {
          name = packageOf[from[i]]
          if (packageOf[to[i]] != word[2] || modeOf[from[i]] != "build" || name == word[2] || name in seen) continue
          seen[name]
          if (++importers > 3) more++
          else line = line (importers == 1 ? ", imported by " : ", ") name
        }
        print line (more ? " and " more " more" : "")
      }
    }
  ' "$actions" >&2 || :
rm -f "$actions"
