import { spawn } from "node:child_process"
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { TestProject } from "vitest/node"

import { whyNoDagger } from "./find-dagger.js"

declare module "vitest" {
  export interface ProvidedContext {
    /** Why images are not built with Dagger here; empty where they are. */
    whyNoDagger: string
    /** What files of tests make for each other; deleted after the last one. */
    runFolder: string
  }
}

/** Asked once for all files, so that what is left out is said in one line. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const reason = await whyNoDagger()
  if (reason) console.log(`Left out: images built with \`dagger call\` (${reason})`)
  provide("whyNoDagger", reason)
  const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  provide("runFolder", folder)
  return () => {
    // Gigabytes, which a slow disk takes minutes for: nobody has to wait.
    spawn("rm", ["-rf", folder], { detached: true, stdio: "ignore" }).unref()
  }
}
