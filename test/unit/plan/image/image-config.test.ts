import { describe, expect, it } from "vitest"
import { libraryPath } from "../../../../src/plan/image/image-config.js"
import { mains, planOf, project } from "../../support/project.js"
import type { Options } from "../../../../src/options.js"

/** What makes the files that the base lacks: a script, and its words. */
const scriptOf = async (options: Options) => {
  const { stages } = await planOf(project(mains(".")), options)
  const steps = stages.find(({ name }) => name === "system")?.steps ?? []
  return steps.flatMap((step) => (step.type === "run" ? step.args.slice(2) : []))
}

describe("the image's user", () => {
  it.each([
    ["0", "0:0"],
    ["0:5", "0:5"],
    ["root", "0:0"],
    ["app", "1000:1000"],
    ["1234", "1234:1234"],
    ["1000:7", "1000:7"],
    ["2147483647:1", "2147483647:1"],
  ])("asked for as %s is %s", async (user, expected) => {
    expect((await planOf(project(mains(".")), { user })).image.user).toBe(expected)
  })

  it.each(["2147483648", "1:2147483648", "-1", "1:", "a", "1:2:3"])("is not %s", async (user) => {
    await expect(planOf(project(mains(".")), { user })).rejects.toThrow("not a user")
  })

  it.each([
    [{ user: "root" }, []],
    [{ root: true }, []],
    [{ user: "0:5" }, ["group5:x:5:"]],
    [{ user: "1234:7" }, ["user1234:x:1234:7::/app:/usr/sbin/nologin", "group7:x:7:"]],
    [{ runtime: "scratch", user: "root" }, ["root:x:0:0::/app:/bin/sh", "root:x:0:"]],
  ])("is known by a name, %j", async (options, names) => {
    const [script = "", ...words] = await scriptOf(options)
    expect(words).toEqual(names)
    expect(script.match(/^echo .*/gm) ?? []).toHaveLength(names.length)
    const commands = new Set(script.match(/^\w+/gm))
    expect([...commands].sort()).toEqual(
      [
        "chmod",
        "cp",
        "else",
        "fi",
        "find",
        "if",
        "mkdir",
        "set",
        ...(names.length > 0 ? ["echo"] : []),
      ].sort(),
    )
  })

  it("owns the folders that are asked for", async () => {
    const [script = "", ...words] = await scriptOf({ user: "root", folders: ["/data"] })
    expect(words).toEqual(["/system/image/data"])
    expect(script).toContain('mkdir -p "$0"\nchown 0:0 "$0"\nchmod 0775 "$0"\n')
  })
})

it.each<[Options, string]>([
  [{}, "/app"],
  [{ workingDirectory: "/" }, "/"],
  [{ workingDirectory: "/srv/" }, "/srv"],
])("programs start where %j says: %s", async (options, path) => {
  const { stages } = await planOf(project(mains(".")), options)
  expect(stages.at(-1)?.steps).toContainEqual({ type: "working-directory", path })
})

it.each(["volumes", "folders"])("the root is none of an image's %s", async (name) => {
  await expect(planOf(project(mains(".")), { [name]: ["/"] })).rejects.toThrow(
    `not the path of a folder in an image: "/" (--${name})`,
  )
})

it("libraries are looked for where the last variable says", () => {
  const path = (...value: string[]) =>
    libraryPath({ environment: { value, from: "--environment" } })
  expect(path("LD_LIBRARY_PATH=/a", "A=b", "LD_LIBRARY_PATH=/c", "LD_LIBRARY=/d")).toBe("/c")
  expect([path("A=b"), libraryPath({})]).toEqual(["", ""])
})

it.each<[Options, string]>([
  [{ builderImage: "golang:1.26" }, "auto"],
  [{ builderImage: "golang:1.26", goVersion: "1.26" }, "local"],
  [{ builderImage: "golang:1.26-bookworm", goVersion: "1.26" }, "local"],
  [{ builderImage: "golang:1.260", goVersion: "1.26" }, "auto"],
  [{ builderImage: "golang:1.26", goVersion: "1.25" }, "auto"],
  [{ builderImage: "golang:{{.GoVersion}}", goVersion: "1.25" }, "local"],
])(
  "a builder's Go may fetch another one, unless it is the one asked for: %j: %s",
  async (options, value) => {
    const { stages, notices } = await planOf(project(mains(".")), options)
    expect(stages.find(({ name }) => name === "build")?.steps).toContainEqual(
      expect.objectContaining({ name: "GOTOOLCHAIN", value }),
    )
    const isOther = options.goVersion !== undefined && value === "auto"
    expect(notices.join().includes("is not used: the Go of")).toBe(isOther)
  },
)
