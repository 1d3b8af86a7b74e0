import { expect, test } from "vitest"
import { main, planOf, project } from "../../support/project.js"

test.each([
  ["1.18", { GOGC: "200" }],
  ["1.19", { GOGC: "800", GOMEMLIMIT: "3GiB" }],
  ["latest", { GOGC: "800", GOMEMLIMIT: "3GiB" }],
])("Go %s compiles with as much memory as it can be told to keep to", async (version, expected) => {
  const files = { "go.mod": "module example.com/app\n\ngo 1.18\n", "main.go": main }
  const { stages } = await planOf(project(files), { goVersion: version })
  const steps = stages.find(({ name }) => name === "build")?.steps ?? []
  const variables = steps.flatMap((step) =>
    step.type === "environment" && ["GOGC", "GOMEMLIMIT"].includes(step.name)
      ? [[step.name, step.value]]
      : [],
  )
  expect(Object.fromEntries(variables)).toEqual(expected)
})
