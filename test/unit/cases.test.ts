import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import { detect } from "../../src/detect/detect.js"
import type { GitAnswer } from "../../src/git-state.js"
import type { Facts } from "../../src/detect/facts.js"
import type { Survey } from "../../src/detect/source.js"
import { UserError } from "../../src/errors.js"
import type { Options } from "../../src/options.js"
import { assemblePlan } from "../../src/plan/assemble.js"
import { printPlan } from "../../src/plan/print.js"
import type { Plan } from "../../src/plan/types.js"
import { readIgnorePatterns } from "../../src/detect/patterns/as-dockerignore.js"
import { keptDockerfile } from "../../src/render/kept.js"

/**
 * Each folder is a case: `project/`, what was asked for (`options.json`, `environment.json`: variables), what Git
 * says of it (`git.json`), and what must come
 * of it: `facts.json`, `plan.json` and `Dockerfile`, or `error.txt` with the whole message. `vitest run FILE -u` writes them anew;
 * read the difference as someone who knows Go, for it is what projects of that shape get.
 */
const folder = fileURLToPath(new URL("../cases", import.meta.url))
const cases = readdirSync(folder).sort()

describe("a project", () => {
  it.each(cases)("%s", async (name) => {
    const path = join(folder, name)
    const outcome = await run(path)
    const expected = Object.entries(outcome)
    const known = [
      "project",
      "options.json",
      "environment.json",
      "git.json",
      ...Object.keys(outcome),
    ]
    // Among others, an error.txt beside a plan, where one of the two is out of date.
    expect(readdirSync(path).filter((file) => !known.includes(file))).toEqual([])
    for (const [file, text] of expected) {
      const at = join(path, file)
      const write = `npx vitest run --project unit test/unit/cases.test.ts -t ${name} -u`
      const hint = existsSync(at) ? `${file} is another one` : `there is no ${file} yet`
      await expect(text, `${hint}; to write it, and then read it: ${write}`).toMatchFileSnapshot(at)
    }
  })
})

it("is planned the same whatever the order in which its files are listed", async () => {
  const source = new LocalSource(join(folder, "assets/project"))
  const reversed = Object.assign(Object.create(source) as LocalSource, {
    survey: async () => {
      const { files, mainCandidates } = await source.survey()
      return { files: files.toReversed(), mainCandidates: mainCandidates.toReversed() }
    },
  })
  const plan = async (source: LocalSource) => {
    const { facts, settings } = await detect(source, { options: {}, environment: {} })
    return printPlan(assemblePlan(facts, settings))
  }
  expect(await plan(reversed)).toBe(await plan(source))
})

async function run(path: string): Promise<Record<string, string>> {
  try {
    const { facts, plan, survey } = await planOf(path)
    // Of the project alone: above it is this repository.
    const source = sourceOf(path)
    const ignored = await readIgnorePatterns(
      { survey: () => Promise.resolve(survey), read: (paths) => source.read(paths) },
      facts.assetRoot,
    )
    const here = { ...survey, vcs: [], ignored }
    return {
      "facts.json": `${JSON.stringify(facts, null, 2)}\n`,
      "plan.json": printPlan(plan),
      Dockerfile: keptDockerfile([plan], facts, here, { hasIgnoreFile: false }),
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const here = relative(process.cwd(), path)
    return { "error.txt": `${error.message.replaceAll(`${here}/`, "").replaceAll(path, "")}\n` }
  }
}

function sourceOf(path: string): LocalSource {
  return new LocalSource(relative(process.cwd(), join(path, "project")))
}

async function planOf(path: string): Promise<{ facts: Facts; plan: Plan; survey: Survey }> {
  const { target, ...options } = readJson<Options & { target?: string }>(join(path, "options.json"))
  const environment = readJson<Record<string, string>>(join(path, "environment.json"))
  const source = sourceOf(path)
  const git = () => Promise.resolve(readJson<GitAnswer>(join(path, "git.json")))
  const { facts, settings } = await detect(source, { options, environment, target, git })
  return { facts, plan: assemblePlan(facts, settings), survey: await source.survey() }
}

function readJson<T extends object>(file: string): T {
  return (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) as T
}
