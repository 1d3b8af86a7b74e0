import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv } from "ajv"
import { expect, it } from "vitest"
import type { Plan } from "../../../src/plan/types.js"
import { planSchema, planSchemaFile } from "../../readme/plan-schema.js"

const schema = planSchema()
const validate = new Ajv().compile(JSON.parse(schema) as object)

it("the committed schema is that of the types", () => {
  const written = readFileSync(planSchemaFile, "utf8")
  expect(written, "bash script/readme writes it anew").toBe(schema)
})

const plans = readdirSync("test/cases")
  .map((name) => join("test/cases", name, "plan.json"))
  .filter((file) => existsSync(file))

const readPlan = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Plan

it("it takes the plan of each case", () => {
  expect(plans.length).toBeGreaterThan(100)
  const refused = plans.flatMap((file) =>
    validate(readPlan(file)) ? [] : [`${file}: ${JSON.stringify(validate.errors)}`],
  )
  expect(refused).toEqual([])
})

it("each kind of step, mount and base that it knows is in one of them, and no others", () => {
  // An SSH agent is given by who builds, and no case has one.
  const found = new Set<string>(["ssh"])
  for (const { stages } of plans.map(readPlan)) {
    for (const { from, steps } of stages) {
      for (const key of Object.keys(from)) found.add(key)
      for (const step of steps) {
        found.add(step.type)
        if (step.type === "run") for (const { type } of step.mounts) found.add(type)
      }
    }
  }
  const { definitions } = JSON.parse(schema) as { definitions: Record<string, unknown> }
  const known = ["Step", "CopyStep", "RunStep", "Mount"].map((name) => definitions[name])
  const types = [...JSON.stringify(known).matchAll(/"type":\{"type":"string","const":"([\w-]+)"/g)]
  const bases = ["image", "scratch", "stage", "platform"]
  expect([...found].sort()).toEqual([...new Set(types.map(([, type]) => type)), ...bases].sort())
})

it.each<[string, (plan: Plan) => unknown]>([
  ["of another version", (plan) => ({ ...plan, version: 2 })],
  ["without an image", ({ image: _, ...plan }) => plan],
  ["with a key that nobody knows", (plan) => ({ ...plan, stage: [] })],
  [
    "with a port without a protocol",
    (plan) => ({ ...plan, image: { ...plan.image, ports: ["80"] } }),
  ],
  [
    "with a step that nobody knows",
    (plan) => ({
      ...plan,
      stages: [{ name: "x", from: { scratch: true }, steps: [{ type: "volume", path: "/x" }] }],
    }),
  ],
])("it refuses a plan %s", (_, change) => {
  const [file = ""] = plans
  expect(validate(change(readPlan(file)))).toBe(false)
})
