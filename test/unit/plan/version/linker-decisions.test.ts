import { describe, expect, it } from "vitest"
import type { Options } from "../../../../src/options.js"
import { planOf, project, type Files } from "../../support/project.js"

const main = (declared: string) => `package main\n\nvar (\n\t${declared}\n)\n\nfunc main() {}\n`
const makefile = "build:\n\tgo build -ldflags='-s -w -X main.Mode=prod' .\n"

async function linked(files: Files, options: Options = {}) {
  const plan = await planOf(project({ Makefile: makefile, ...files }), options)
  const set = JSON.stringify(plan.stages).match(/main\.Mode=\w*/g) ?? []
  const told = plan.decisions.filter(({ what }) => what === "linker value")
  return { set, told: told.map(({ value, from }) => [value, from]) }
}

describe("a value that a Makefile has the linker set", () => {
  it.each([
    ["a string", 'Mode = "dev"'],
    ["a string without a value", "Mode string"],
    ["one of several", 'Version, Mode = "1", "dev"'],
    ["a constant", "Mode = debug"],
    ["a constant of another package", "Mode = mode.Dev"],
  ])("is set where the variable is %s", async (_, declared) => {
    expect(await linked({ "main.go": main(declared) })).toEqual({
      set: ["main.Mode=prod"],
      told: [["main.Mode=prod", "Makefile:2"]],
    })
  })

  it.each([
    ["there is none", 'Other = "dev"'],
    ["it is a number", "Mode = 1"],
    ["it is of another type", "Mode int"],
    ["it is a truth value", "Mode = true"],
    ["it is what a function says", "Mode = read()"],
    ["it is in a comment", '// Mode = "dev"'],
  ])("is not, where %s", async (_, declared) => {
    expect(await linked({ "main.go": main(declared) })).toEqual({ set: [], told: [] })
  })

  it("is set in a package of the module", async () => {
    const files = {
      "main.go": main("x string"),
      "internal/config/config.go": 'package config\n\nvar Env = "dev"\n',
      Makefile: "L = -X example.com/hello/internal/config.Env=production\n",
    }
    expect((await linked(files)).told).toEqual([
      ["example.com/hello/internal/config.Env=production", "Makefile:1"],
    ])
  })

  it("is not, where whoever builds says another one, which is told, too", async () => {
    const files = { "main.go": main("Mode, Name string") }
    const options = { linkerValues: ["main.Mode=lite", "main.Name=a b"] }
    expect(await linked(files, options)).toEqual({
      set: ["main.Mode=lite"],
      told: [
        ["main.Mode=lite", "--linker-values"],
        ["main.Name=a b", "--linker-values"],
      ],
    })
  })

  it("is not told as missing where the Dockerfile has it, too", async () => {
    const build = (mode: string) =>
      `FROM golang\nRUN go build -ldflags "-X main.Mode=${mode}" -o /x .\nFROM debian\nCOPY --from=0 /x /x\nCMD ["/x"]\n`
    const notices = async (mode: string) => {
      const files = { "main.go": main("Mode string"), Makefile: makefile, Dockerfile: build(mode) }
      return (await planOf(project(files))).notices.join("\n")
    }
    expect(await notices("prod")).not.toContain("main.Mode")
    expect(await notices("test")).toContain("main.Mode=test")
  })
})
