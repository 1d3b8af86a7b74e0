import { expect, it } from "vitest"
import { imageName } from "../../../../src/plan/programs/run-program.js"
import { planOf, project } from "../../support/project.js"

const main = "package main\n\nfunc main() { println() }\n"
const names = ["migrate", "shop", "worker"]
const programs = Object.fromEntries(names.map((name) => [`cmd/${name}/main.go`, main]))

it.each<[string, string, string]>([
  ["the program that the command runs", "bin/shop --verbose", "shop"],
  ["what a shell runs last", "bin/migrate && exec bin/worker", "worker"],
  ["else the first one", "./start.sh", "migrate"],
])("an image is called as %s", async (_, command, name) => {
  const files = { ...programs, "start.sh": "#!/bin/sh\nexec shop\n", Procfile: `web: ${command}\n` }
  expect(imageName(await planOf(project(files)))).toBe(name)
})

it("ProjectName of a linker value is the program that runs, too", async () => {
  const files = {
    ...programs,
    "cmd/shop/main.go": "package main\n\nvar Name string\n\nfunc main() { println(Name) }\n",
  }
  const plan = await planOf(project({ ...files, Procfile: "web: shop\n" }), {
    linkerValues: ["main.Name={{.ProjectName}}"],
  })
  expect(JSON.stringify(plan.stages)).toContain("main.Name=shop")
})
