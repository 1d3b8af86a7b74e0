import { posix } from "node:path"
import type { Facts } from "../../../src/detect/facts.js"
import type { Plan } from "../../../src/plan/types.js"
import type { FoundOption } from "./found.js"

/** Commands of other tools that a build runs as it is: by the Procfile, or since it is the only program. */
export function withoutOwnCommands(
  found: readonly FoundOption[],
  { procfile }: Pick<Facts, "procfile">,
  plan: Plan | undefined,
): FoundOption[] {
  const web = procfile?.processes.find(({ type }) => type === "web")
  const { entrypoint = [], command = [] } = plan?.image ?? {}
  const own = new Set([web?.command ?? "", [...entrypoint, ...command].join(" ")].map(plain))
  return found.map((each) => {
    const { command: asked, ...others } = each.writes ?? {}
    if (asked === undefined || Object.keys(others).length > 0 || !own.has(plain(asked))) return each
    const meaning = "the image runs the same without it"
    return { ...each, status: "automatic", meaning, writes: undefined }
  })
}

/** Of a program, its name: where it is, differs from tool to tool. */
function plain(command: string): string {
  const [program = "", ...args] = command.trim().split(/\s+/)
  return [posix.basename(program), ...args].join(" ")
}
