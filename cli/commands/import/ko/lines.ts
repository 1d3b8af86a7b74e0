/** A line of a repository that has ko build or deploy images, or that installs it for that. */
export interface KoLine {
  file: string
  line: number
  /** `ko build`, `ko resolve` or `setup-ko`. */
  command: string
  /** What comes after it. */
  words: string[]
}

/** Makefiles, pipelines and scripts of the project's own. */
export function mayRunKo(file: string): boolean {
  if (/(?:^|\/)(?:vendor|third_party|node_modules|testdata)\//.test(file)) return false
  return (
    /(?:^|\/)(?:GNUmakefile|[Mm]akefile|Taskfile\.ya?ml|[^/]+\.(?:mk|sh))$/.test(file) ||
    /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.ya?ml|Jenkinsfile|cloudbuild\.ya?ml)$/.test(
      file,
    )
  )
}

const runs =
  /(?:^|[\s;&|(@"'`])(?:\S*\/)?(?:ko|\$[({]KO[)}])\s+(build|publish|resolve|apply|create|run)(?=\s|$)([^|;&>)`]*)/g

export function koLines(text: string, file: string): KoLine[] {
  const values = assignments(text)
  const found: KoLine[] = []
  const lines = text.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    // A name or a message is about it, and runs nothing.
    if (/^\s*(?:#|\/\/|(?:-\s+)?name:|@?echo\b)/.test(line)) continue
    if (/\buses:\s*["']?(?:ko-build|imjasonh)\/setup-ko@/.test(line)) {
      found.push({ file, line: index + 1, command: "setup-ko", words: [] })
    }
    for (const [, verb = "", rest = ""] of expand(whole(lines, index), values).matchAll(runs)) {
      // A line that goes on is read with its first.
      if (!new RegExp(`\\b${verb}\\b`).test(line)) continue
      const words = rest.split(/\s+/).map((word) => word.replace(/^["']+|["']+$/g, ""))
      found.push({ file, line: index + 1, command: `ko ${verb}`, words: words.filter(Boolean) })
    }
  }
  return found
}

/** With the lines that it goes on in. */
function whole(lines: readonly string[], index: number): string {
  let text = lines[index] ?? ""
  for (let next = index + 1; text.endsWith("\\") && next < lines.length; next++) {
    text = `${text.slice(0, -1)} ${(lines[next] ?? "").trim()}`
  }
  return text
}

/** `IMAGE ?= ./cmd/api` of a Makefile or a script. */
function assignments(text: string): Map<string, string> {
  return new Map(
    [
      ...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*[:?]?:?=\s*["']?([\w./-]+)["']?\s*$/gm),
    ].map(([, name = "", value = ""]) => [name, value]),
  )
}

/** What is not known stays as `$`: its brackets would end a command. */
function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(
    /\$\((?!KO\))([A-Za-z_]\w*)\)|\$\{(?!KO\})([A-Za-z_]\w*)[^}]*\}/g,
    (_, round?: string, curly?: string) => values.get(round ?? curly ?? "") ?? "$",
  )
}
