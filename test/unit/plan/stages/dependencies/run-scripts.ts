import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { collectScripts } from "../../../../../src/plan/stages/dependencies/collect.js"
import { useScript } from "../../../../../src/plan/stages/dependencies/use.js"

/** Both scripts, in a folder of a test: what they name by absolute paths is there instead. */
export function writeScripts(folder: string): void {
  mkdirSync(join(folder, "tmp"))
  for (const step of [...collectScripts, useScript]) {
    if (step.type !== "file") throw new Error("no script")
    const content = step.content.replace(
      /(?<=[\s=<>"])\/(?=dependencies|imports\.txt|slow-packages\.sh|tmp\/)/g,
      `${folder}/`,
    )
    writeFileSync(join(folder, step.path), content)
  }
}

/** This machine's, which has the standard library. */
const buildCache = execFileSync("go", ["env", "GOCACHE"], { encoding: "utf8" }).trim()

/**
 * By this machine's shell and Go.
 *
 * @param caches A folder of the test, which is empty the first time. The one called `first` is of the machine that compiles.
 */
export function runScript(
  folder: string,
  script: "collect-dependencies.sh" | "use-dependencies.sh",
  args: string[],
  caches: string,
  environment: NodeJS.ProcessEnv = {},
) {
  return spawnSync("sh", [join(folder, script), ...args], {
    cwd: join(folder, "source"),
    encoding: "utf8",
    env: {
      ...process.env,
      ...{ CGO_ENABLED: "0", GOFLAGS: "", GOTOOLCHAIN: "local" },
      GOCACHE: caches === "first" ? buildCache : join(folder, caches, "build"),
      GOMODCACHE: join(folder, caches, "modules"),
      ...environment,
    },
  })
}
