/*
 * Which packages take the time of a `go build`. The go command writes what it has done, and when, to a file that it is asked
 * for; what took long is printed by the step that compiles, so that everybody who builds sees it. No package is compiled
 * otherwise because of it, and nothing of it is in the image.
 */

const file = "/tmp/go-actions.json"

/** In the go command since 1.10, and in none of its documents: https://github.com/golang/go/blob/master/src/cmd/go/internal/work/action.go */
export const actionsFlag = `-debug-actiongraph=${file}`

/** Whole seconds that a command has to take: most edits are compiled in less, and pay for nothing. */
const longCommand = 3

/**
 * Of an object for each action, a field a line. Only those that ran a command have one: the others were in Go's cache. A
 * package has several actions where it has C. For each that took long, the packages that import it.
 */
const report = `awk '
  function seconds(time,  part) {
    split(substr(time, index(time, "T") + 1), part, ":")
    return part[1] * 3600 + part[2] * 60 + part[3]
  }
  $1 == "{" { id = mode = package = ran = start = done = list = "" }
  $1 == "]," || $1 == "]" { list = "" }
  list == "deps" && $1 ~ /^[0-9]+,?$/ { edges++; from[edges] = id; to[edges] = $1 + 0 }
  $1 == "\\"ID\\":" { id = $2 + 0 }
  $1 == "\\"Mode\\":" { mode = $0; gsub(/^[^:]*: "|",?$/, "", mode) }
  $1 == "\\"Package\\":" { package = $2; gsub(/[",]/, "", package) }
  $1 == "\\"Deps\\":" { list = "deps" }
  $1 == "\\"Cmd\\":" && $2 == "[" { list = "commands"; ran = 1 }
  $1 == "\\"TimeStart\\":" { gsub(/[",]/, "", $2); start = seconds($2) }
  $1 == "\\"TimeDone\\":" { gsub(/[",]/, "", $2); done = seconds($2) }
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
  }' ${file}`

/** Lines of a script of ours, before and after a go command with that flag. */
export const startClock = "began=$(date +%s)"
export const reportSlow = `[ "$(($(date +%s) - began))" -lt ${longCommand} ] || ${report} || :
rm -f ${file}`

const script = `${startClock}
"$0" "$@" || exit
${reportSlow}
`

const prefix = ["/bin/sh", "-c", script]

/** A command that ends with `go build` and its arguments. */
export function tellSlowPackages(args: readonly string[]): string[] {
  const at = args.findIndex((word, i) => word === "go" && args[i + 1] === "build")
  return [...prefix, ...args.slice(0, at + 2), actionsFlag, ...args.slice(at + 2)]
}

/** The same command without it. */
export function withoutSlowPackages(args: readonly string[]): string[] {
  const at = args.indexOf(script) - 2
  if (at < 0) return [...args]
  return [...args.slice(0, at), ...args.slice(at + prefix.length)].filter(
    (word) => word !== actionsFlag,
  )
}

/** A script of ours without it. */
export function scriptWithoutReport(content: string): string {
  return content
    .replace(`${startClock}\n`, "")
    .replace(`${reportSlow}\n`, "")
    .replace(`${actionsFlag} `, "")
}

/** A package that took long to compile, or a program to link. */
export interface SlowPackage {
  /** As it is imported. */
  package: string
  /** That it is of, where that is known. */
  module?: string
  seconds: number
  isLink?: true
  /** Some of those that import it. */
  importedBy: string[]
  /** And so many more. */
  more?: number
}

/** A line that the report has printed. */
export function parseSlowPackage(line: string): SlowPackage | undefined {
  const [, kind, seconds = "", name = "", importers, more] =
    /^slow (package|link): (\d+\.\d) s (\S+?)(?:, imported by (.+?)(?: and (\d+) more)?)?$/.exec(
      line.trimEnd(),
    ) ?? []
  if (kind === undefined) return undefined
  return {
    ...{ package: name, seconds: Number(seconds) },
    ...(kind === "link" && { isLink: true as const }),
    importedBy: importers?.split(", ") ?? [],
    ...(more !== undefined && { more: Number(more) }),
  }
}
