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
import { dirname } from "node:path"
import { Script } from "node:vm"

/**
 * Runs a bundle with what V8 made of it when it ran before: compiling JavaScript is a quarter of the time until there is a
 * plan. From Node.js 22 on, module.enableCompileCache does it.
 *
 * @param cache File for what V8 made.
 * @returns What the bundle exports.
 */
export function loadBundle(bundle: string, cache = `${bundle}.cache`): unknown {
  const { source, modified } = read(bundle)
  const cachedData = readCache(cache, modified)
  const script = new Script(wrap(source), { filename: bundle, cachedData })
  // At the end, so that the functions that were called are in it; of one that ended early, most are not.
  if (!cachedData || script.cachedDataRejected) {
    process.on("exit", (code) => {
      if (code === 0) writeCache(cache, modified, script)
    })
  }
  const main = script.runInThisContext() as (...scope: unknown[]) => void
  const module = { exports: {} as unknown }
  main(module.exports, createRequire(bundle), module, bundle, dirname(bundle))
  return module.exports
}

/** Through one descriptor: at this very moment, another process may be writing the bundle again. */
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
function readCache(cache: string, modified: number): Buffer | undefined {
  try {
    if (Math.round(statSync(cache).mtimeMs) === Math.round(modified)) return readFileSync(cache)
  } catch {
    // There is none yet.
  }
  return undefined
}

function writeCache(cache: string, modified: number, script: Script): void {
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
