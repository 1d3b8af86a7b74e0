import type { Facts } from "../../detect/facts.js"
import { UserError } from "../../errors.js"
import { listSome } from "../../list.js"
import type { GoVersion } from "./version/go-version.js"
import type { MainPackage } from "../../detect/packages/main-package.js"

/** Older ones add what is missing by themselves. https://go.dev/doc/go1.16#go-command */
const firstThatRefuses = 16

/** What the go command would say after all modules were downloaded: go.sum lacks what a program needs. */
export function checkSums(
  { missingSums = [], hasGoSum, workspace }: Facts,
  packages: readonly MainPackage[],
  { minor }: GoVersion,
): void {
  if (minor !== undefined && minor < firstThatRefuses) return
  const needed = missingSums.filter(({ program }) => packages.some(({ path }) => path === program))
  const [first] = needed
  if (!first) return
  const { path, version, file, line, importedAt } = first
  const others = [...new Set(needed.map((each) => `${each.path} ${each.version}`))].slice(1)
  const what = workspace
    ? "no go.sum of the workspace has"
    : hasGoSum
      ? "go.sum lacks"
      : "there is no go.sum with"
  throw new UserError(
    `${what} ${path} ${version}, imported at ${importedAt}: run \`go mod tidy\``,
    {
      place: { file, line },
      hint: others.length > 0 ? `Also missing: ${listSome(others)}.` : undefined,
    },
  )
}
