import { folderOf } from "../../../detect/modules/modules.js"
import type { ProgramDockerfile } from "../../../detect/dockerfile/of-programs.js"
import type { Facts } from "../../../detect/facts.js"
import type { Binary } from "../../types.js"
import { type Missing, ownPath, isKept, names } from "./missing.js"

/** Arguments with files and folders of that image, or with what a shell there would expand. */
export function namesOtherFiles(args: readonly string[]): boolean {
  return args.some((word) => /^\/.|[=:,]\/.|\$/.test(word))
}

export function argumentsOf(
  facts: Facts,
  { run, entry, copied, file }: ProgramDockerfile,
  binaries: readonly Binary[],
): Missing[] {
  if (!entry) return []
  const one = (what: string, value: string, typed: string) =>
    names(what, [{ value, file, line: entry.line }], typed)
  if (!run) return one("the command", entry.value.join(" "), "--command")
  const program = binaries.find(({ importPath }) => importPath === run.importPath)
  const args = [...run.entryArguments, ...run.defaultArguments]
  if (program && run.script !== undefined)
    return one("a script that starts the program:", run.script, "--command")
  if (!program || !namesOtherFiles(args)) return []
  const here = args.map((word) => inThisImage(word, copied, folderOf(file), facts))
  const words = here.flatMap((word) =>
    word !== undefined && /^[\w./:=,@%+-]+$/.test(word) ? [word] : [],
  )
  if (words.length < here.length) return one("arguments", args.join(" "), "--command")
  const typed = `--command '${[program.name, ...words].join(" ")}'`
  const stay = run.entryArguments.length
  const command = {
    program: program.name,
    entryArguments: words.slice(0, stay),
    defaultArguments: words.slice(stay),
  }
  return one("arguments", args.join(" "), typed).map((each) => ({ ...each, command }))
}

/** With the place in this image of a file that the other image has a copy of; undefined where this one has none. */
function inThisImage(
  word: string,
  copied: ProgramDockerfile["copied"],
  folder: string,
  facts: Facts,
): string | undefined {
  if (!namesOtherFiles([word])) return word
  for (const { from, to } of copied) {
    const target = to.endsWith("/") ? to + (/[^/]+$/.exec(from)?.[0] ?? "") : to
    if (!word.endsWith(target)) continue
    const path = from.replace(/^\.?\//, "")
    for (const above of [folder, ""]) {
      const whole = above === "" ? path : `${above}/${path}`
      const own = ownPath(whole, facts)
      if (isKept(own, facts)) return word.slice(0, -target.length) + own
    }
  }
  return undefined
}
