import { describe, expect, it } from "vitest"
import { debianSuite } from "../../../cli/bases/debian.js"
import { UserError } from "../../../src/errors.js"
import { settingNames, settingTable } from "../../../src/settings/table/table.js"
import { mains, planOf, project } from "../support/project.js"

/** What every object has by these names must not be taken for an entry of a table: constructor, __proto__, toString … */
const names = Object.getOwnPropertyNames(Object.prototype)

const files = project({ ...mains("."), Procfile: "web: hello\n" })

describe.each(names)("%s is only a word:", (name) => {
  it.each(settingNames)("as --%s", async (setting) => {
    const value = { text: name, list: [name], ports: [name], flag: true }[
      settingTable[setting].kind
    ]
    try {
      await planOf(files, { [setting]: value })
    } catch (error) {
      expect(error).toBeInstanceOf(UserError)
    }
  })

  it("as a runtime, that is none", async () => {
    await expect(planOf(files, { runtime: name })).rejects.toThrow(`unknown runtime "${name}"`)
  })

  it("as a process, that is none", async () => {
    await expect(planOf(files, { process: name })).rejects.toThrow(`no process "${name}"`)
  })

  it("as a key of project.toml, that is none", async () => {
    const toml = `[go-image]\n"${name}" = "x"\n`
    await expect(planOf({ ...files, "project.toml": toml })).rejects.toThrow(UserError)
  })

  it("as a name in project.toml and in a Procfile", async () => {
    const toml = `[[io.buildpacks.build.env]]\nname = "${name}"\nvalue = "x"\n`
    const procfile = `web: hello\n${name}: hello -v\n`
    const plan = await planOf({ ...files, "project.toml": toml, Procfile: procfile })
    expect(plan.image.command).toEqual([])
  })

  it("as a tag of debian, that is none", () => {
    expect(debianSuite(name)).toBeUndefined()
  })
})
