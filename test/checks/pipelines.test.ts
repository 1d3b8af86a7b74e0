import { execFile } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { all, parseJenkinsfile } from "../ci/jenkinsfile.js"
import { readSchema, type schemaFiles, violations } from "../ci/schemas.js"

const read = (file: string) => readFileSync(`examples/ci/${file}`, "utf8")

describe.each<[file: string, schema: keyof typeof schemaFiles, key: string, mistaken: string]>([
  [".gitlab-ci.yml", "gitLab", "script:", "scripts:"],
  [".circleci/config.yml", "circleCI", "steps:", "step:"],
  [".buildkite/pipeline.yml", "buildkite", "plugins:", "plugin:"],
  ["azure-pipelines.yml", "azure", "bash:", "command:"],
  [".woodpecker.yaml", "woodpecker", "commands:", "command:"],
])("%s", (file, schema, key, mistaken) => {
  const check = (text: string) => violations(readSchema(schema), asOfSchema(schema, text))

  test("is what its provider's schema describes", () => {
    expect(check(read(file))).toEqual([])
  })

  test(`with ${mistaken} is not`, () => {
    expect(check(read(file).replace(key, mistaken))).not.toEqual([])
  })
})

function asOfSchema(schema: keyof typeof schemaFiles, text: string): unknown {
  if (schema !== "woodpecker") return parse(text)
  // The copy that a registry has is of before Woodpecker 1.0; newer ones are on none. `steps` was `pipeline`, `when` was
  // for a step only, and `environment` had no secrets.
  const { steps, when, ...others } = parse(text) as { steps: Record<string, object>; when: object }
  const pipeline = Object.entries(steps).map(([name, step]) => {
    const environment = "environment" in step ? Object.keys(step.environment as object) : []
    return [name, { ...step, when, environment }]
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

  test("pass actionlint", async () => {
    const paths = ["examples/ci/.github/workflows", ".github/workflows"].flatMap((folder) =>
      readdirSync(folder).map((file) => join(folder, file)),
    )
    expect(paths).toContain(".github/workflows/release.yml")
    // On stderr the go command tells of its downloads, the first time.
    expect((await lint(...paths)).stdout).toBe("")
  })

  test("with an expression of nothing do not", async () => {
    const folder = mkdtempSync(join(tmpdir(), "go-image-actionlint-"))
    const file = join(folder, "image.yml")
    writeFileSync(file, read(".github/workflows/image.yml").replace("github.sha", "github.commit"))
    await expect(lint(file)).rejects.toHaveProperty(
      "stdout",
      expect.stringContaining('"commit" is not defined'),
    )
    rmSync(folder, { recursive: true })
  })
})

describe("Jenkinsfile", () => {
  // Jenkins' own validator is a part of a running Jenkins, and no registry has a schema: so its Groovy is parsed, and
  // compared with the parts of a declarative pipeline. https://www.jenkins.io/doc/book/pipeline/syntax/
  const parts: Record<string, string[]> = {
    pipeline: ["agent", "environment", "stages"],
    agent: ["label"],
    environment: ["REGISTRY_USER", "REGISTRY_PASSWORD"],
    stages: ["stage"],
    stage: ["when", "steps"],
    when: ["branch"],
    steps: ["sh"],
  }

  test("has the parts of a declarative pipeline, each in its place", async () => {
    const pipeline = await parseJenkinsfile(read("Jenkinsfile"))
    expect(pipeline.map(({ name }) => name)).toEqual(["pipeline"])
    for (const part of all(pipeline)) {
      expect(part.parts.map(({ name }) => name).sort()).toEqual((parts[part.name] ?? []).sort())
    }
  })

  test("a brace that is missing is found", async () => {
    const broken = read("Jenkinsfile").replace(/\}\s*$/, "")
    await expect(parseJenkinsfile(broken)).rejects.toThrow("not Groovy")
  })
})
