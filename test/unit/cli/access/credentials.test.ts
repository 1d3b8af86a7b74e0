import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { withCredentials } from "../../../../cli/access/credentials.js"
import type { Settings } from "../../../../src/settings/resolve.js"
import { temporaryFolder } from "../temporary.js"

const netrc = `machine git.example.com login me password mine
machine github.com login me password others
default login anyone password anything
`

let home: string

beforeEach(() => {
  home = temporaryFolder()
  writeFileSync(join(home, ".netrc"), netrc)
  vi.stubEnv("HOME", home)
  vi.stubEnv("NETRC", "")
})

afterEach(() => {
  vi.unstubAllEnvs()
})

/** What a build would have, and what the person is told. */
async function given(settings: Pick<Settings, "privateModules">, asked?: string) {
  const said: string[] = []
  let file: string | undefined
  const text = await withCredentials(
    settings,
    { netrc: asked },
    { say: (line) => said.push(line) },
    (secrets) => {
      file = secrets["netrc"]
      if (file === undefined) return Promise.resolve(undefined)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
      return Promise.resolve(readFileSync(file, "utf8"))
    },
  )
  if (file !== undefined) expect(existsSync(dirname(file))).toBe(false)
  return { text, said }
}

const modules = (from: string, ...value: string[]) => ({ privateModules: { value, from } })
const byProject = (from: string, ...value: string[]) => ({
  privateModules: { value, from, byProject: true as const },
})
const own = "machine git.example.com login me password mine\n"

it.each(["--private-modules", "environment variable GOPRIVATE"])(
  "by %s, the lines for the hosts of the modules are there, and no others",
  async (from) => {
    const { text, said } = await given(modules(from, "git.example.com/acme/*"))
    expect({ text, said }).toEqual({ text: own, said: [] })
  },
)

it.each(["project.toml:2", "project.toml:4 GOPRIVATE"])(
  "because %s says so, nothing is",
  async (from) => {
    const { text, said } = await given(byProject(from, "git.example.com"))
    expect(text).toBeUndefined()
    expect(said).toEqual([
      `note: ${from} names private modules (git.example.com); your passwords are used only with --netrc ~/.netrc`,
    ])
  },
)

it("a file that is asked for is used for the project's private modules, too", async () => {
  const { text } = await given(byProject("project.toml:2", "git.example.com"), join(home, ".netrc"))
  expect(text).toBe(own)
})

it("where nothing is private, the file is not used, and that is said", async () => {
  const { text, said } = await given({}, join(home, ".netrc"))
  expect(text).toBeUndefined()
  expect(said).toEqual([
    "note: --netrc has no effect: no private modules are named (--private-modules)",
  ])
  expect(await given({})).toEqual({ text: undefined, said: [] })
  await expect(given({}, join(home, "nope"))).rejects.toThrow(/^no such file: .*nope \(--netrc\)/)
})

it("a host that the file does not have is named", async () => {
  const { text, said } = await given(modules("--private-modules", "other.example/*"))
  expect(text).toBeUndefined()
  expect(said).toEqual([
    `note: ${join(home, ".netrc")} has no line for other.example/* (--private-modules)`,
  ])
})

it("$NETRC says where the file is; one that is named must be there", async () => {
  vi.stubEnv("NETRC", join(home, "elsewhere"))
  const settings = modules("--private-modules", "git.example.com")
  await expect(given(settings)).rejects.toThrow(/^no such file: .*elsewhere \(\$NETRC\)\n/)
  await expect(given(settings, join(home, "x"))).rejects.toThrow(/^no such file: .*x \(--netrc\)\n/)
  await expect(given(settings, home)).rejects.toThrow(/^cannot read .*EISDIR.* \(--netrc\)\n/)
  writeFileSync(join(home, "elsewhere"), "machine git.example.com login a password b\n")
  expect((await given(settings)).text).toBe("machine git.example.com login a password b\n")
  vi.stubEnv("NETRC", "")
  vi.stubEnv("HOME", join(home, "none"))
  expect(await given(settings)).toEqual({ text: undefined, said: [] })
})

it("the file is gone, too, where a build fails", async () => {
  let file = ""
  const failing = withCredentials(
    modules("--private-modules", "git.example.com"),
    {},
    { say: () => undefined },
    (secrets) => {
      file = secrets["netrc"] ?? ""
      return Promise.reject(new Error("failed"))
    },
  )
  await expect(failing).rejects.toThrow("failed")
  expect(file).not.toBe("")
  expect(existsSync(dirname(file))).toBe(false)
})
