import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { UserError } from "../../../src/errors.js"
import { parseTestTimes, type TestTimes } from "../../../src/plan/tasks/test-times.js"
import type { Request } from "../../request.js"

/** What tests took before, by reports of all parts of them; undefined where nobody gave any. */
export function readShardTimes({ shardTimes }: Pick<Request, "shardTimes">): TestTimes | undefined {
  if (shardTimes.length === 0) return undefined
  const all = new Map<string, number>()
  for (const [test, time] of shardTimes.flatMap(timesAt)) {
    all.set(test, Math.max(time, all.get(test) ?? 0))
  }
  return all
}

/** Of a file, or of a folder, which may have other files, too. */
function timesAt(path: string): [string, number][] {
  const found = filesAt(path).flatMap((file) => readReport(file) ?? [])
  if (found.length > 0) return found.flatMap((times) => [...times])
  throw new UserError(`no report of tests: ${path} (--shard-times)`, {
    hint: "Give the junit.xml of --test-report or gotestsum, or lines of `go test -json`.",
  })
}

function filesAt(path: string): string[] {
  return orRefuse(path, () => {
    if (!statSync(path).isDirectory()) return [path]
    const names = readdirSync(path, { recursive: true }).map(String).sort()
    return names
      .filter((name) => /\.(?:xml|json|jsonl)$/.test(name))
      .map((name) => join(path, name))
  })
}

function readReport(file: string): TestTimes | undefined {
  return orRefuse(file, () => parseTestTimes(readFileSync(file, "utf8")))
}

function orRefuse<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UserError(`${path} could not be read: ${(error as Error).message} (--shard-times)`)
  }
}
