import { expect, test } from "vitest"
import { factsOf, main, planOf, project } from "../../support/project.js"

const required = "module example.com/app\n\nrequire github.com/golang-migrate/migrate/v4 v4.18.1\n"
const imports = (...paths: string[]) =>
  `package main\n\nimport (\n${paths.map((path) => `\t_ "${path}"\n`).join("")})\n\nfunc main() {}\n`

test("the command has the version of go.mod and the drivers that the project imports", async () => {
  const files = project({
    "go.mod": required,
    "go.sum":
      "github.com/golang-migrate/migrate/v4 v4.18.1 h1:x\ngithub.com/golang-migrate/migrate/v4 v4.18.1/go.mod h1:x\n",
    "main.go": imports(
      "github.com/golang-migrate/migrate/v4/database/pgx/v5",
      "github.com/golang-migrate/migrate/v4/database/sqlite",
      "github.com/golang-migrate/migrate/v4/source/file",
    ),
  })
  expect((await factsOf(files)).migrate).toEqual({
    module: { value: "github.com/golang-migrate/migrate/v4", file: "go.mod", line: 3 },
    version: "v4.18.1",
    drivers: ["pgx5", "sqlite"],
  })
  const { stages } = await planOf(files)
  const tools = stages.find(({ name }) => name === "tools")
  expect(tools?.steps.at(-1)).toMatchObject({
    args: expect.arrayContaining([
      "-tags=pgx5,sqlite",
      "github.com/golang-migrate/migrate/v4/cmd/migrate",
    ]) as string[],
  })
  expect(tools?.steps).toContainEqual(
    expect.objectContaining({
      content: "module tools\n\nrequire github.com/golang-migrate/migrate/v4 v4.18.1\n",
    }),
  )
  const system = stages.find(({ name }) => name === "system")
  const placed = system?.steps.find((step) => step.type === "run")
  const [, , script = "", ...words] = placed?.args ?? []
  const target = words.indexOf("/system/image/usr/local/bin/migrate")
  expect(script).toContain(`cp -a /from/0 "$${target}"\n`)
  expect(placed?.mounts).toContainEqual({
    type: "bind",
    kind: "file",
    from: { stage: "tools" },
    path: "/tools/migrate",
    target: "/from/0",
  })
})

test("of a module further down, it is where that says so, with a driver of each name", async () => {
  const files = {
    "api/go.mod": required,
    "api/go.sum": "",
    "api/main.go": imports(
      "github.com/golang-migrate/migrate/v4/source/github/ghes",
      "github.com/golang-migrate/migrate/v4/source/iofs",
      "github.com/golang-migrate/migrate/v4/database/postgres",
      "github.com/golang-migrate/migrate/v4",
    ),
    "api/more.go": imports("github.com/golang-migrate/migrate/v4/database/postgres"),
  }
  expect((await factsOf(files)).migrate).toEqual({
    module: { value: "github.com/golang-migrate/migrate/v4", file: "api/go.mod", line: 3 },
    version: "v4.18.1",
    drivers: ["github", "postgres"],
  })
})

test("without a driver in sight, it has those that migetpacks builds in", async () => {
  const { migrate } = await factsOf(project({ "go.mod": required, "main.go": main }))
  expect(migrate?.drivers).toEqual(["mysql", "postgres"])
})

test.each([
  ["a dependency's dependency", `${required.trimEnd()} // indirect\n`],
  ["a comment", "module example.com/app\n\n// github.com/golang-migrate/migrate/v4 v4.18.1\n"],
  ["an exclusion", required.replace("require", "exclude")],
  ["another module of that owner", required.replace("migrate/v4", "migratex/v4")],
])("%s does not ask for it", async (_, goMod) => {
  const files = project({ "go.mod": goMod, "main.go": main })
  expect((await factsOf(files)).migrate).toBeUndefined()
  expect((await planOf(files)).stages.map(({ name }) => name)).not.toContain("tools")
})
