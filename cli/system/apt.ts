import { UserError } from "../../src/errors.js"
import type { Report } from "../terminal/report.js"
import { CommandFailed, run, type CommandOptions } from "./command.js"

/** Installs Debian packages on this machine; apt's output is shown only where it fails. */
export async function installPackages(
  packages: string[],
  report: Report,
  signal?: AbortSignal,
): Promise<void> {
  report.say(`installing ${packages.join(", ")} (apt-get)`)
  const options: CommandOptions = { signal, env: { DEBIAN_FRONTEND: "noninteractive" } }
  const install = () => run([...aptGet, "install", "--no-install-recommends", ...packages], options)
  try {
    await install()
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    // The package lists are missing, as in Debian's container images, or too old.
    try {
      await updateLists(options)
      await install()
    } catch (again) {
      throw explain(again, packages)
    }
  }
}

const aptGet = ["apt-get", "--yes", "--quiet", "--option", "DPkg::Lock::Timeout=120"]

async function updateLists(options: CommandOptions): Promise<void> {
  try {
    await run([...aptGet, "update"], options)
  } catch (error) {
    // One list of many may be out of reach and not be needed; the installation tells.
    if (!(error instanceof CommandFailed)) throw error
  }
}

function explain(error: unknown, packages: string[]): unknown {
  if (!(error instanceof CommandFailed)) return error
  return new UserError(
    `${packages.join(", ")} could not be installed: ${error.why}\n${error.output.trimEnd()}`,
    { hint: `Install by hand, and try again: apt-get install ${packages.join(" ")}` },
  )
}
