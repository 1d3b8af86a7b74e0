import { resolve } from "node:path"
import { loadBundle } from "./load-bundle.js"

/*
 * Starts a bundle: node start.cjs BUNDLE ARGUMENT...
 */

/** A plan needs a third of the functions that a build does: each has its own cache. */
const use = process.argv.find((each) => /^--(?:plan|dockerfile|check)$/.test(each)) ?? ""

// What is left is as if the bundle had been started itself.
process.argv.splice(1, 1)
const bundle = resolve(process.argv[1] ?? "")
loadBundle(bundle, `${bundle}${use.slice(1)}.cache`)
