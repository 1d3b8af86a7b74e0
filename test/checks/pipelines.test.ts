import { execFile } from "node:child_process"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { afterAll, describe, expect, test } from "vitest"
import { parse } from "yaml"
import type { Pipeline } from "../../src/ci/pipeline.js"
import { ciProviders, type CiProviderName } from "../../src/ci/providers.js"
import { all, parseJenkinsfile } from "../ci/jenkinsfile.js"
import { richProject } from "../ci/rich-project.js"
import { readSchema, type schemaFiles, violations, withoutFetchTags } from "../ci/schemas.js"
import { exampleProject } from "../readme/pipelines.js"

/** Each of the three kinds of project that a provider's file is written for. */
const projects: [string, Pipeline][] = [
  ["with Dagger", exampleProject],
  ["without Dagger", { ...exampleProject, tool: "docker" }],
  ["with Dagger, targets, services and tokens", richProject("dagger")],
  ["with targets, services and tokens", richProject("docker")],
]

const write = (name: CiProviderName, project = exampleProject) => ciProviders[name].write(project)

describe.each<
  [name: CiProviderName, schema: keyof typeof schemaFiles, key: string, mistaken: string]
>([
  ["gitlab", "gitLab", "script:", "scripts:"],
  ["circleci", "circleCI", "steps:", "step:"],
  ["buildkite", "buildkite", "plugins:", "plugin:"],
  ["azure", "azure", "bash:", "command:"],
  ["woodpecker", "woodpecker", "commands:", "command:"],
  ["bitbucket", "bitbucket", "script:", "scripts:"],
])("%s", (name, schema, key, mistaken) => {
  const check = (text: string) => violations(readSchema(schema), asOfSchema(schema, text))

  test.each(projects)("%s, is what its provider's schema describes", (_, project) => {
    expect(check(write(name, project))).toEqual([])
  })

  test(`with ${mistaken} is not`, () => {
    expect(check(write(name).replace(key, mistaken))).not.toEqual([])
  })
})

function asOfSchema(schema: keyof typeof schemaFiles, text: string): unknown {
  if (schema === "azure") return withoutFetchTags(parse(text) as { steps: object[] })
  if (schema !== "woodpecker") return parse(text)
  // The copy that a registry has is of before Woodpecker 1.0; newer ones are on none. `steps` was `pipeline`, `when` was
  // for a step only, and `environment` had no secrets.
  const { steps, when, ...others } = parse(text) as {
    steps: Record<string, object>
    when: object[]
  }
  expect(when).toEqual([
    { event: "push", branch: "main" },
    { event: "pull_request" },
    { event: "tag", ref: "refs/tags/v*" },
  ])
  const pipeline = Object.entries(steps).map(([name, step]) => {
    const environment = "environment" in step ? Object.keys(step.environment as object) : []
    return [name, { ...step, environment }]
  })
  return { ...others, pipeline: Object.fromEntries(pipeline) as object }
}

describe("GitHub's workflows", () => {
  const lint = (...files: string[]) =>
    promisify(execFile)(
      "go",
      ["tool", "actionlint", "-oneline", ...files.map((file) => resolve(file))],
      { cwd: "test/ci/actionlint" },
    )

  const folder = mkdtempSync(join(tmpdir(), "go-image-actionlint-"))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  test("pass actionlint", async () => {
    const paths = projects.map(([, project], i) => file(`${i}.yml`, write("github", project)))
    const own = readdirSync(".github/workflows").map((name) => join(".github/workflows", name))
    expect(own).toContain(".github/workflows/release.yml")
    // On stderr the go command tells of its downloads, the first time.
    expect((await lint(...paths, ...own)).stdout).toBe("")
  })

  test("with an expression of nothing do not", async () => {
    const mistaken = write("github").replace("github.sha", "github.commit")
    await expect(lint(file("mistaken.yml", mistaken))).rejects.toHaveProperty(
      "stdout",
      expect.stringContaining('"commit" is not defined'),
    )
  })

  test.each(projects)(
    "%s, may write packages in one job, and read the source elsewhere",
    (_, project) => {
      const { permissions, jobs } = parse(write("github", project)) as {
        permissions: object
        jobs: Record<string, { permissions?: Record<string, string>; if?: string }>
      }
      expect(permissions).toEqual({ contents: "read" })
      const writers = Object.entries(jobs).filter(([, job]) =>
        Object.values(job.permissions ?? {}).includes("write"),
      )
      expect(writers.map(([name]) => name)).toEqual(["image"])
      expect(jobs["image"]).toMatchObject({
        permissions: { contents: "read", packages: "write" },
      })
      expect(jobs["image"]?.if).toMatch(/^github\.event_name == 'push' \|\| /)
    },
  )
})

describe("Jenkinsfile", () => {
  // Jenkins' own validator is a part of a running Jenkins, and no registry has a schema: so its Groovy is parsed, and
  // compared with the parts of a declarative pipeline. https://www.jenkins.io/doc/book/pipeline/syntax/
  const parts: Record<string, string[]> = {
    pipeline: ["agent", "environment", "stages"],
    agent: ["label"],
    environment: ["REGISTRY_USER", "REGISTRY_PASSWORD", "MODULES_TOKEN"],
    stages: ["stage"],
    stage: ["when", "steps", "post"],
    when: ["anyOf", "changeRequest"],
    anyOf: ["branch", "tag"],
    steps: ["sh"],
    post: ["always"],
    always: ["junit"],
  }

  test.each(projects)(
    "%s, has the parts of a declarative pipeline, each in its place",
    async (_, project) => {
      const pipeline = await parseJenkinsfile(write("jenkins", project))
      expect(pipeline.map(({ name }) => name)).toEqual(["pipeline"])
      for (const part of all(pipeline)) {
        for (const { name } of part.parts) expect(parts[part.name] ?? []).toContain(name)
        // A stage without a condition always runs; all else that a part has, it needs.
        const needed = (parts[part.name] ?? []).filter((name) =>
          ["agent", "stages", "stage", "steps", "sh", "label"].includes(name),
        )
        expect(part.parts.map(({ name }) => name)).toEqual(expect.arrayContaining(needed))
      }
    },
  )

  test("a brace that is missing is found", async () => {
    const broken = write("jenkins").replace(/\}\s*$/, "")
    await expect(parseJenkinsfile(broken)).rejects.toThrow("not Groovy")
  })
})
