import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { createRequire, wrap } from "node:module"
import { dirname, resolve } from "node:path"
import { Script } from "node:vm"

/*
 * Starts a bundle with what V8 made of it when it ran before: node start.cjs BUNDLE ARGUMENT... Without that, a quarter
 * of the time until there is a plan goes into compiling JavaScript. From Node.js 22 on, module.enableCompileCache does it.
 */

/** A plan needs a third of the functions that a build does: each has its own. */
const use = process.argv.find((each) => /^--(?:plan|dockerfile|check)$/.test(each)) ?? ""

// What is left is as if the bundle had been started itself.
process.argv.splice(1, 1)
const bundle = resolve(process.argv[1] ?? "")
const cache = `${bundle}${use.slice(1)}.cache`

const { source, modified } = read(bundle)
const cachedData = readCache()
const script = new Script(wrap(source), { filename: bundle, cachedData })
// At the end, so that the functions that were called are in it; of one that ended early, most are not.
if (!cachedData || script.cachedDataRejected) {
  process.on("exit", (code) => {
    if (code === 0) writeCache()
  })
}
const main = script.runInThisContext() as (...scope: unknown[]) => void
main({}, createRequire(bundle), {}, bundle, dirname(bundle))

/** Through one descriptor: at this very moment, another process may make the bundle anew. */
function read(file: string): { source: string; modified: number } {
  const opened = openSync(file, "r")
  try {
    return { source: readFileSync(opened, "utf8"), modified: fstatSync(opened).mtimeMs }
  } finally {
    closeSync(opened)
  }
}

/**
 * The cache has the bundle's time: V8 sees that one is not of its version, but not that it is of another bundle of the
 * same length.
 */
function readCache(): Buffer | undefined {
  try {
    if (Math.round(statSync(cache).mtimeMs) === Math.round(modified)) return readFileSync(cache)
  } catch {
    // There is none yet.
  }
  return undefined
}

function writeCache(): void {
  const work = `${cache}.${process.pid}`
  try {
    writeFileSync(work, script.createCachedData())
    utimesSync(work, modified / 1000, modified / 1000)
    renameSync(work, cache)
  } catch {
    // It only saves time, and not every folder can be written to.
    rmSync(work, { force: true })
  }
}
