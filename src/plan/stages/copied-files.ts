import { posix } from "node:path"
import type { AssetCopy } from "../../detect/assets/copies.js"
import type { Facts } from "../../detect/facts.js"
import { UserError } from "../../errors.js"
import { literalPattern } from "../../patterns/patterns.js"
import type { Settings } from "../../settings/resolve.js"
import type { Base, Binary, CopyStep, Decision, RunStep, Stage } from "../types.js"
import { builtSource } from "./builder-stage.js"
import { copyOutputs, pathOfOutput } from "./frontend-stage.js"
import type { Placed } from "./system-files.js"

const stageName = "copied-files"
const madePath = "/copied"

/** The project's files that have another place in the image than below the working directory, by their paths in the project. */
export function copiedStages(facts: Facts, from: Base): Stage[] {
  if (!facts.copies) return []
  return [
    {
      name: stageName,
      about: "has the files of the project that go to another path of the image",
      from,
      steps: [
        ...copySource(facts, facts.copies),
        ...copyMade(facts, facts.copies),
        normalize(facts),
      ],
    },
  ]
}

function copySource(facts: Facts, copies: readonly AssetCopy[]): CopyStep[] {
  const ofSource = copies.filter(({ path }) => !isMade(facts, path))
  if (ofSource.length === 0) return []
  const secrets = ofSource.flatMap(({ path, secrets = [] }) =>
    secrets.map((each) => literalPattern(posix.join(path, each))),
  )
  const files = ofSource.filter(({ kind }) => kind === "file")
  const wanted = (copies: readonly AssetCopy[]) =>
    copies.map(({ path }) => `!${literalPattern(path)}`)
  // A file that is asked for by its name may be in a folder whose secrets are not.
  const again = secrets.length > 0 ? wanted(files) : []
  const exclude = ["**", ...wanted(ofSource), ...secrets, ...again]
  return [{ type: "copy", kind: "directory", ...builtSource(facts), to: madePath, exclude }]
}

/** What front ends make. */
function copyMade(facts: Facts, copies: readonly AssetCopy[]): CopyStep[] {
  return copyOutputs(facts, (output) => {
    const path = pathOfOutput(facts, output)
    return copies.some((each) => each.path === path) ? `${madePath}/${path}` : undefined
  })
}

function isMade(facts: Facts, path: string): boolean {
  return (facts.frontends ?? []).some(({ outputs }) =>
    outputs.some((output) => pathOfOutput(facts, output) === path),
  )
}

/** As Git has modes, whoever cloned it; hooks may mean what they set. */
function normalize(facts: Facts): RunStep {
  const script = [
    "set -e",
    ...("source" in builtSource(facts).from ? [`chmod -R u=rwX,go=rX ${madePath}`] : []),
    `chown -hR 0:0 ${madePath}`,
    `find ${madePath} -exec touch -h -d @0 {} +`,
    "",
  ].join("\n")
  return { type: "run", args: ["/bin/sh", "-c", script], mounts: [] }
}

export function placedCopies({ copies = [] }: Facts): Placed[] {
  return copies.map(({ kind, path, to }) => ({
    ...{ kind, stage: stageName, to },
    path: `${madePath}/${path}`,
  }))
}

/** A program's layer comes last: it would be there instead. */
export function checkCopies(
  { copies = [] }: Facts,
  { copy }: Settings,
  binaries: readonly Binary[],
): void {
  const places = binaries.map(({ installed }) => installed)
  for (const { path, to } of copies) {
    if (!places.some((each) => each === to || to.startsWith(`${each}/`))) continue
    throw new UserError(`${path} cannot be copied to ${to}: a program is there (${copy?.from})`, {
      hint: "Give another path.",
    })
  }
}

export function copyDecisions({ copies = [] }: Facts, { copy }: Settings): Decision[] {
  if (copies.length === 0) return []
  const value = copies.map(({ path, to }) => `${path} to ${to}`).join(", ")
  return [{ what: "files copied", value, from: copy?.from ?? "" }]
}
