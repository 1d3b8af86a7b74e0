import { UserError } from "../../../src/errors.js"
import { programName } from "../../program-name.js"
import { runCommand } from "../../command-line/run-command.js"
import { allRecords, type Records } from "../../record/store.js"
import { isInside } from "../../../src/detect/modules/modules.js"
import { findRoot } from "../../source/find-root.js"
import { accountOf } from "./account.js"
import { whyCommand } from "./command.js"
import { nameOf } from "./packages.js"
import { packageText, whyText } from "./print.js"

/** A program of its own, as `inspect` is. */
const program = whyCommand()

const parsed = program.parse(process.argv.slice(3), { from: "user" })
const { source, target, json } = parsed.opts<{ source: string; target?: string; json?: boolean }>()
const [asked] = parsed.processedArgs as [string | undefined]
const request = { progress: "plain", verbose: false, stallTimeout: 0, output: undefined } as const
void runCommand(request, () => {
  const records = findRecords()
  const account = accountOf(records)
  const { packages } = records.last
  const names = Object.keys(packages).map(nameOf)
  const name = asked === undefined ? undefined : packageName(asked, records)
  if (json) {
    const compiled = account.packages?.compiled.filter(
      (each) => name === undefined || each.package === name,
    )
    const shown = account.packages && { ...account.packages, compiled }
    process.stdout.write(
      `${JSON.stringify({ ...account, ...(shown && { packages: shown }) }, undefined, 2)}\n`,
    )
  } else {
    process.stdout.write(name === undefined ? whyText(account) : packageText(name, account, names))
  }
  return Promise.resolve()
})

/** Of what was built last of the project that this folder is in. */
function findRecords(): Records {
  const { root, folder } = findRoot(source, { goWork: process.env["GOWORK"] })
  const known = allRecords(root).filter(
    ({ last }) => target === undefined || last.target === target,
  )
  const found = nearestTo(folder?.value, known)
  if (found) return found
  const of = target === undefined ? "" : `the target ${target} of `
  throw new UserError(`no build of ${of}${root} is known here`, {
    hint: `Build it first: ${programName} ${source}. Builds are remembered for each user, in the cache folder.`,
  })
}

/** A build of this folder, else one that compiled something in it, else one of a folder that has it. */
function nearestTo(folder: string | undefined, known: readonly Records[]): Records | undefined {
  if (folder === undefined) return known[0]
  const compiles = ({ last }: Records) =>
    Object.keys(last.packages).some((each) => isInside(each, folder))
  return (
    known.find(({ last }) => last.folder === folder) ??
    known.find(compiles) ??
    known.find(({ last }) => isInside(folder, last.folder))
  )
}

/** `internal/store`, `./internal/store` or `example.com/shop/internal/store`, as the source has it. */
function packageName(asked: string, { last }: Records): string {
  const here = findRoot(source, { goWork: process.env["GOWORK"] }).folder?.value ?? ""
  const plain = asked.replace(/^\.\/?/, "").replace(/\/$/, "")
  const places = [here, last.folder, ""].map((each) => [each, plain].filter(Boolean).join("/"))
  const found = places.find((each) => Object.hasOwn(last.packages, each))
  if (found !== undefined) return nameOf(found)
  // Programs say what the folders of their module are imported as.
  for (const { package: place, importPath } of last.binaries) {
    const path = place.replace(/^\.\/?/, "")
    const module = importPath.endsWith(`/${path}`)
      ? importPath.slice(0, -path.length - 1)
      : importPath
    if (asked === module) return nameOf("")
    if (asked.startsWith(`${module}/`)) return nameOf(asked.slice(module.length + 1))
  }
  return nameOf(places[0] ?? plain)
}
