import { join } from "node:path"
import commands from "../commands.json"
import { loadBundle } from "./load-bundle.js"

/*
 * The command of the npm package (script/package), as script/build is a clone's: its bundles are in the folder beside it.
 */

const [major = 0] = process.versions.node.split(".").map(Number)
if (major < 20) {
  process.stderr.write(
    `Node.js ${process.versions.node} is too old: version 20 or newer is needed (https://nodejs.org).\n`,
  )
  process.exit(4)
}

const [name = "", ...args] = process.argv.slice(2)
const command = Object.hasOwn(commands, name) ? commands[name as keyof typeof commands] : undefined
const bundle = join(__dirname, "../lib", `${command ?? "cli"}.cjs`)
/** A plan needs a third of the functions that a build does: each has its own cache. */
const use = /^--(?:plan|dockerfile|check)$/.exec(
  args.find((each) => /^--(?:plan|dockerfile|check)$/.test(each)) ?? "",
)
process.argv[1] = bundle
loadBundle(bundle, `${bundle}${use?.[0].slice(1) ?? ""}.cache`)
