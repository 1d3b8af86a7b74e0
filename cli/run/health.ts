import { setTimeout as sleep } from "node:timers/promises"
import { UserError } from "../../src/errors.js"
import type { Report } from "../terminal/report.js"
import type { RunningContainer } from "./container.js"
import { NotHttp, waitForHttp } from "./http.js"

/** Programs that listen may have something to do before they are well. */
const untilWell = 5_000

/**
 * Asks what the image's health check asks (`--health-check`), until it is well or the time is over.
 *
 * @returns What is wrong.
 */
export async function checkHealth(
  base: string,
  path: string,
  container: Pick<RunningContainer, "exited">,
  report: Report,
  timeout = untilWell,
): Promise<string | undefined> {
  const deadline = Date.now() + timeout
  for (;;) {
    const found = await askOnce(base, path, container)
    if ("well" in found) {
      report.say(`health check ${path}: ${found.well}`)
      return undefined
    }
    if (Date.now() > deadline) {
      return `the health check fails: ${path} answers ${found.wrong}, expected a status of 200 to 399`
    }
    await sleep(200)
  }
}

async function askOnce(
  base: string,
  path: string,
  container: Pick<RunningContainer, "exited">,
): Promise<{ well: string } | { wrong: string }> {
  try {
    // As the program in the image does: as long, and without following a redirect.
    const limits = { timeout: 5_000, forHttp: 0, redirects: 0 }
    const answer = await waitForHttp(base.replace(/\/$/, path), container, limits)
    await answer.body?.cancel()
    const status = `${answer.status} ${answer.statusText}`.trim()
    return answer.ok || (answer.status >= 300 && answer.status < 400)
      ? { well: status }
      : { wrong: status }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { wrong: error instanceof NotHttp ? "something that is not HTTP" : "nothing within 5 s" }
  }
}
