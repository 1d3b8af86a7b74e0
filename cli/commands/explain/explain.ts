import { accountOf, type Account } from "../../../src/explain/account.js"
import { detect } from "../../../src/detect/detect.js"
import { assemblePlans } from "../../build/assemble-plans.js"
import { openSource } from "../build/build.js"
import type { Request } from "../../request.js"

/** Of a project, without an engine. */
export async function explain(request: Request): Promise<Account> {
  const { source, folder, git } = openSource(request)
  const { options, target } = request
  const { facts, settings } = await detect(source, {
    options,
    environment: process.env,
    folder,
    target,
    git,
  })
  return accountOf(assemblePlans(facts, settings)[0])
}
