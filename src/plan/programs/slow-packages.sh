#!/bin/sh
# Runs a command that has `go` write to a file what it does, and prints what took long, as slow-packages.ts reads it.
actions=/tmp/go-actions.json
began=$(date +%s)
"$@" || {
  status=$?
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
