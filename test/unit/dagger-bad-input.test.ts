import { writeFileSync } from "node:fs"
import { dag } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { LocalSource } from "../../cli/source/local-source.js"
import type { GoImage } from "../../src/index.js"
import { readApi } from "../dagger/api.js"
import { answersOf, archiveOf, isFilesArchive } from "../dagger/directory.js"
import { goImage } from "../dagger/module.js"
import { RecordedSession, type Answer } from "../dagger/session.js"

/** What a caller of the module is told: the message that the call fails with. */
async function told(use: () => Promise<unknown>, answer?: Answer): Promise<string> {
  return new RecordedSession(answer).run(use).then(
    () => "nothing",
    (error: unknown) => (error as Error).message,
  )
}

const project = await answersOf(new LocalSource("examples/shortlinks"))

/** As both engines answer for a variable that is not set. */
const withoutSecret: Answer = (chain) => {
  if (chain.at(-1)?.name !== "plaintext") return project(chain)
  throw new Error('rpc error: code = Unknown desc = secret env var not found: "NOS..."')
}

describe("a secret that is not there is told before anything is built, with its option", () => {
  const options = [
    ["netrc", "the file of passwords", "--netrc"],
    ["npmToken", "the npm registry's password", "--npm-token"],
  ] as const
  const functions: [string, (module: GoImage) => Promise<unknown>][] = [
    ["scratch", (module) => module.scratch(dag.directory())],
    ["test", (module) => module.test(dag.directory())],
    ["publish", (module) => module.publish(["r.example.com/a:v1"], dag.directory())],
  ]
  test.each(options.flatMap((option) => functions.map((each) => [...option, ...each] as const)))(
    "%s: %s (%s) at %s",
    async (name, what, option, _, call) => {
      const given = { [name]: dag.setSecret("x", "x"), privateModules: ["example.org/*"] }
      expect(await told(() => call(goImage(given)), withoutSecret)).toBe(
        [
          `${what} is not available: secret env var not found: "NOS..." (${option})`,
          "Give it as env:NAME of a variable that is set, file:PATH or cmd:COMMAND.",
        ].join("\n"),
      )
    },
  )
})

test("an empty source says what Dagger 1.0 hands over of a folder outside of Git", async () => {
  const archive = await archiveOf([])
  const nothing: Answer = (chain) =>
    isFilesArchive(chain) ? writeFileSync(String(chain.at(-1)?.args["path"]), archive) : []
  expect(await told(() => goImage().plan(dag.directory()), nothing)).toMatch(
    /^the source folder is empty\n.*--source=\..*outside a Git repository and has no dagger\.toml\.$/,
  )
})

test("without a source and a workspace, which is how a module calls it, the way to give one is told", async () => {
  expect(await told(async () => goImage().plan())).toMatch(
    /^no Go project was given, .*\n.*--source=/,
  )
})

describe("an image reference that is none names its option", () => {
  test.each<[string, string, () => Promise<unknown>]>([
    ["a b", "--addresses", () => goImage().publish(["a b"], dag.directory())],
    ["https://r/x", "--addresses", () => goImage().publish(["https://r/x"], dag.directory())],
    [
      "r.example.com/UPPER",
      "--image",
      () => goImage().verify("r.example.com/UPPER", dag.directory()),
    ],
  ])("%s (%s)", async (reference, option, call) => {
    expect(await told(call)).toBe(
      [
        `not an image reference: ${reference} (${option})`,
        "Write it like golang:1.25 or registry.example.com/team/app:tag.",
      ].join("\n"),
    )
  })
})

test("a service's name that is no host name is refused", () => {
  const service = dag.container().asService()
  expect(() => goImage().withService("a b", service)).toThrow(/^not a host name: "a b"\n/)
})

test("a setting is of a type that Dagger 1.0 takes from a dagger.toml as `dagger settings` writes it", async () => {
  const api = await readApi()
  const { arguments: settings } = api.objects["GoImage"]!._constructor!
  const kinds = new Set(Object.values(settings).map(({ type }) => type?.kind))
  // Of enums and scalars, it wants JSON in a string, and refuses the whole module where it is none.
  expect([...kinds].sort()).toEqual(["BOOLEAN_KIND", "LIST_KIND", "OBJECT_KIND", "STRING_KIND"])
})

test("a runtime may be written in capitals, as it was where it was one of Dagger's lists", async () => {
  const plan = (runtime: string) =>
    new RecordedSession(project).run(() => goImage({ runtime }).plan(dag.directory()))
  expect(await plan("SCRATCH")).toBe(await plan("scratch"))
})
