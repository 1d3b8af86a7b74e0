import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"
import { parse } from "yaml"
import { LocalSource } from "../../../cli/source/local-source.js"
import { writePipeline, type PipelineRequest } from "../../../src/ci/write-pipeline.js"
import { detect } from "../../../src/detect/detect.js"
import { temporaryFolder } from "../cli/temporary.js"

/** A repository of these modules, with what each requires. */
async function writeRoot(
  files: Record<string, string>,
  request: Partial<PipelineRequest> = {},
  folder = "",
) {
  const root = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const source = new LocalSource(root, [])
  const { targets = [] } = request
  const [target] = targets
  const given = { options: {}, environment: {}, target }
  const detected = await detect(source, {
    ...given,
    ...(folder !== "" && { folder: { value: folder, from: "go.work:3" } }),
  })
  return writePipeline(source, detected, {
    ...{ provider: "github", files: [], targets, folder: folder || "." },
    ...request,
  })
}

const module = (path: string, ...requires: string[]) => ({
  [`${path}/go.mod`]: `module example.com/${path}\n\ngo 1.25\n${requires.map((each) => `\nrequire ${each} v1.0.0\n`).join("")}`,
  [`${path}/go.sum`]: requires
    .map((each) => `${each} v1.0.0 h1:x=\n${each} v1.0.0/go.mod h1:x=\n`)
    .join(""),
  [`${path}/main.go`]: "package main\n\nfunc main() { println() }\n",
})
const test = (name: string) => `package main\n\nimport "os"\n\nvar _ = os.Getenv("${name}")\n`
const target = (name: string, path: string) =>
  `[[go-image.targets]]\nname = "${name}"\npackages = ["./${path}"]\n`
const repository = {
  "project.toml": `${target("web", "svc/web")}${target("orders", "svc/orders")}`,
  ...module("svc/web"),
  ...module("svc/orders", "github.com/jackc/pgx/v5"),
  "svc/orders/db_test.go": test("DATABASE_URL"),
  "compose.yaml": "services:\n  db:\n    image: postgres:16-alpine\n",
}
const goWork = "go 1.25\n\nuse (\n\t./svc/web\n\t./svc/orders\n)\n"
const targets = ["web", "orders"]
const note =
  "tests: postgres:16-alpine, by DATABASE_URL (svc/orders/go.mod:5, svc/orders/db_test.go:5, compose.yaml:3)"

interface TestJob {
  services: Record<string, { image: string }>
  env: Record<string, string>
  steps: { run?: string; uses?: string; with?: Record<string, string> }[]
}
const testJob = (text: string) => (parse(text) as { jobs: { test?: TestJob } }).jobs.test
const stepOf = (text: string) => {
  const { steps = [] } = testJob(text) ?? {}
  const setup = steps.find(({ uses }) => uses?.startsWith("actions/setup-go"))
  return { run: steps.at(-1)?.run, with: setup?.with }
}

it("services of tests of a go.work are found in each module that it names, and one command tests all", async () => {
  const { text, notes } = await writeRoot({ ...repository, "go.work": goWork }, { targets })
  expect(notes).toContain(note)
  expect(testJob(text)?.services).toMatchObject({ postgres: { image: "postgres:16-alpine" } })
  expect(stepOf(text)).toEqual({
    run: "go test $(go list -m -f '{{.Dir}}/...')\n",
    with: { "go-version": "1.25", "cache-dependency-path": "**/go.sum" },
  })
})

it("services of tests of a folder that is no module are found in all modules in it", async () => {
  const { text, notes } = await writeRoot(repository, { targets })
  expect(notes).toContain(note)
  expect(stepOf(text).run).toBe("(cd svc/orders && go test ./...)\n(cd svc/web && go test ./...)\n")
})

it("services of tests below a module at the root are found where a target is", async () => {
  const root = {
    "go.mod": "module example.com/shop\n\ngo 1.25\n",
    "tools/go.mod": "module a.example/t\n\ngo 1.25\n",
  }
  const { text, notes } = await writeRoot({ ...repository, ...root }, { targets })
  expect(notes).toContain(note)
  expect(stepOf(text).run).toBe(
    "go test ./...\n(cd svc/orders && go test ./...)\n(cd svc/web && go test ./...)\n",
  )
})

it("services of tests of one of them name its own go.sum, and a version of Compose that is its own", async () => {
  const own = { "svc/orders/compose.yaml": "services:\n  db:\n    image: postgres:15\n" }
  const files = { ...repository, ...own, "go.work": goWork }
  const { text, notes } = await writeRoot(
    files,
    { targets: ["orders"], isPart: true },
    "svc/orders",
  )
  expect(notes.join("\n")).toContain(
    "postgres:15, by DATABASE_URL (svc/orders/go.mod:5, svc/orders/db_test.go:5, svc/orders/compose.yaml:3)",
  )
  expect(stepOf(text)).toEqual({
    run: "cd svc/orders\ngo test ./...\n",
    with: { "go-version": "1.25", "cache-dependency-path": "svc/orders/go.sum" },
  })
})

it("services of tests are those of the module whose test reads the variable, and a variable has one value", async () => {
  const files = {
    ...repository,
    "go.work": goWork,
    ...module("svc/web", "github.com/go-sql-driver/mysql"),
    "svc/web/db_test.go": test("DATABASE_URL"),
  }
  const { text, notes } = await writeRoot(files, { targets })
  expect(Object.keys(testJob(text)?.services ?? {})).toEqual(["mysql"])
  expect(notes).toContain(
    "tests: DATABASE_URL is set for mysql, so svc/orders/db_test.go:5 gets no postgres: a job has one value for all modules",
  )
  const apart = { ...files, "svc/web/db_test.go": test("MYSQL_DSN") }
  const { services, env } = testJob((await writeRoot(apart, { targets })).text) ?? {}
  expect(Object.keys(services ?? {})).toEqual(["mysql", "postgres"])
  expect(Object.keys(env ?? {})).toEqual(["MYSQL_DSN", "DATABASE_URL"])
})

it.each([
  ["1.25", /^1\.25\.\d+$/],
  ["1.25.3", /^1\.25\.3$/],
  ["1.26rc1", /^1\.26rc1$/],
])("Azure is told a release of Go %s that there is, which a minor is not", async (go, expected) => {
  const version = { ".go-version": `${go}\n` }
  const of = { ...repository, ...version, "go.mod": "module a.example/b\n\ngo 1.20\n" }
  const files = Object.fromEntries(
    Object.entries(of).map(([path, text]) => [path, text.replace("go 1.25", "go 1.20")]),
  )
  const { text } = await writeRoot(files, { targets: ["orders"], provider: "azure" })
  const { steps } = parse(text) as { steps: { task?: string; inputs?: { version: string } }[] }
  expect(steps.find(({ task }) => task === "GoTool@0")?.inputs?.version).toMatch(expected)
})

it("a job beside services takes the newest Go that one of them asks for", async () => {
  const newer = { "svc/web/go.mod": "module example.com/svc/web\n\ngo 1.26\n" }
  const { text } = await writeRoot({ ...repository, ...newer }, { targets: ["orders", "web"] })
  expect(stepOf(text).with).toMatchObject({ "go-version": "1.26" })
})
