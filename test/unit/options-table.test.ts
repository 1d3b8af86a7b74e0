import { dag } from "@dagger.io/dagger"
import { readFileSync } from "node:fs"
import { describe, expect, test } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import { GoImage } from "../../src/index.js"
import { runtimes } from "../../src/plan/bases/runtimes.js"
import { settingNames, settingTable, toKebabCase } from "../../src/settings/table/table.js"
import { readApi, type ApiFunction } from "../dagger/api.js"
import { answersOf } from "../dagger/directory.js"
import { goImage } from "../dagger/module.js"
import { RecordedSession } from "../dagger/session.js"
import { commandLine } from "../../cli/command-line/build-command.js"

/*
 * What can be asked for is written down in several places, since each tool reads its own: whoever adds a runtime or a
 * setting to one of them, and forgets another, is told here.
 */

const api = await readApi()
const { _constructor, methods } = api.objects["GoImage"]!
const reference = readFileSync("docs/reference.md", "utf8")
const runtimeNames = Object.keys(runtimes)

describe("every setting", () => {
  const constructorArguments = Object.keys(_constructor?.arguments ?? {})
  test("is an option of the command line, as the table explains it", () => {
    const options = new Map(commandLine().options.map((each) => [each.long, each.description]))
    for (const name of settingNames) {
      const { help, otherwise } = settingTable[name]
      const description = options.get(`--${toKebabCase(name)}`)
      expect(description, name).toContain(help)
      expect(description, name).toContain(otherwise)
    }
  })

  test("is an argument of the module, in the table's order", () => {
    const given = constructorArguments.filter((name) => name in settingTable)
    expect(given).toEqual(settingNames)
  })

  test("comes from the constructor's argument of its name, and reaches the plan's settings", () => {
    // A value of its own for each shows those that were mixed up.
    const module = goImage(Object.fromEntries(settingNames.map((name) => [name, name])))
    const { options: text } = module as unknown as { options: string }
    const options = JSON.parse(text) as Record<string, string>
    expect(Object.keys(options).sort()).toEqual([...settingNames].sort())
    for (const [name, value] of Object.entries(options)) expect(value, name).toBe(name)
  })

  test("is on the command line's help and in the reference", () => {
    const help = readFileSync("cli/help.txt", "utf8")
    for (const name of settingNames) {
      expect(help).toMatch(new RegExp(`^ +--${toKebabCase(name)}\\b`, "m"))
      expect(reference).toContain(`| \`--${toKebabCase(name)}\` |`)
    }
  })
})

describe("every runtime", () => {
  test("is named by the option's help, by the reference, and by the message that refuses another", () => {
    const refusal = readFileSync("test/cases/refused-runtime/error.txt", "utf8")
    for (const name of runtimeNames) {
      const word = new RegExp(`\\b${name}\\b`)
      expect(settingTable.runtime.help, "help of runtime, src/settings/table.ts").toMatch(word)
      expect(reference, "npm run docs").toMatch(new RegExp(`^\\| \`${name}\``, "m"))
      expect(refusal, "the case refused-runtime: write its expectation").toMatch(word)
    }
  })

  test.each(runtimeNames)("is a function: %s", async (name) => {
    expect(Object.keys(methods)).toContain(name)
    const session = new RecordedSession(await answersOf(new LocalSource("examples/hello-web")))
    const [chain, plan] = await session.run(async () => {
      const module = new GoImage()
      const image = await module[name as keyof typeof runtimes](dag.directory())
      const chain = await session.chainOf(image)
      return [chain, await goImage({ runtime: name }).plan(dag.directory())] as const
    })
    // Its own, and not that of another one: on the image that its plan has.
    const { stages } = JSON.parse(plan) as {
      stages: { name: string; from: { image?: string } }[]
    }
    const base = stages.find((stage) => stage.name === "base")?.from.image
    const from = chain.find((call) => call.name === "from")?.args["address"]
    expect(from).toBe(base)
  })
})

test("every function that is called by name is in the reference", () => {
  const inTables = reference
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .flatMap((line) => [...(line.split("|")[1] ?? "").matchAll(/`([a-z][a-z-]*)[^`]*`/g)])
    .map(([, name]) => name)
  const isStep = ({ name }: ApiFunction) => /^with[A-Z]/.test(name)
  for (const method of Object.values(methods)) {
    if (!isStep(method)) expect(inTables).toContain(toKebabCase(method.name))
  }
})
