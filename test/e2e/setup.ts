import type { TestProject } from "vitest/node"

import { whyNoDagger } from "./find-dagger.js"

declare module "vitest" {
  export interface ProvidedContext {
    /** Why images are not built with Dagger here; empty where they are. */
    whyNoDagger: string
  }
}

/** Asked once for all files, so that what is left out is said in one line. */
export default async function setup({ provide }: TestProject): Promise<void> {
  const reason = await whyNoDagger()
  if (reason) console.log(`Left out: images built with \`dagger call\` (${reason})`)
  provide("whyNoDagger", reason)
}
