import type { BuildRecord } from "../../record/record.js"
import { runCommand } from "../../command-line/run-command.js"
import { accountOf } from "./account.js"
import { findAsked } from "./asked.js"
import { whyCommand } from "./command.js"
import { foreignText } from "./foreign-text.js"
import { nameOf } from "./packages.js"
import { packagesBelow, packageText } from "./packages-text.js"
import { whyText } from "./print.js"

/** A program of its own, as `inspect` is. */
const program = whyCommand()

const parsed = program.parse(process.argv.slice(3), { from: "user" })
const { source, target, json } = parsed.opts<{ source: string; target?: string; json?: boolean }>()
/** Packages and modules that are not the project's own. */
function othersOf({ packages, modules }: BuildRecord): string[] {
  return [...Object.keys(modules), ...Object.values(packages).flatMap(({ foreign }) => foreign)]
}

const [asked] = parsed.processedArgs as [string | undefined]
const request = { progress: "plain", verbose: false, stallTimeout: 0, output: undefined } as const
void runCommand(request, () => {
  const { records, failed, name } = findAsked({ source, target, package: asked })
  const account = accountOf(records, failed)
  const all = Object.keys(records.last.packages).map(nameOf)
  if (!json) {
    const ofOthers =
      name === undefined || asked === undefined || all.includes(name)
        ? undefined
        : foreignText(asked.replace(/\/\.\.\.$/, ""), records, account)
    process.stdout.write(
      name === undefined
        ? whyText(account)
        : (ofOthers ?? packageText(name, account, all, othersOf(records.last))),
    )
    return Promise.resolve()
  }
  const of = name === undefined || all.includes(name) ? [name] : packagesBelow(name, all)
  const compiled = account.packages?.compiled.filter(
    (each) => name === undefined || of.includes(each.package),
  )
  const shown = account.packages && { ...account.packages, compiled }
  const told = { ...account, ...(shown && { packages: shown }) }
  process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`)
  return Promise.resolve()
})
