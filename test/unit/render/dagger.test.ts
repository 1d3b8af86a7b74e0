import { existsSync, readdirSync } from "node:fs"
import { dag } from "@dagger.io/dagger"
import { describe, expect, test } from "vitest"
import { LocalSource } from "../../../cli/source/local-source.js"
import { detect } from "../../../src/detect/detect.js"
import { assemblePlan } from "../../../src/plan/assemble.js"
import type { Mount, Origin, Plan, Step } from "../../../src/plan/types.js"
import { renderDagger } from "../../../src/render/dagger.js"
import { printChain } from "../../dagger/print-chain.js"
import { RecordedSession, type Chain, type Operation } from "../../dagger/session.js"

// Where there is a dagger.json too, it is a Dagger module that is written in Go.
const examples = readdirSync("examples").filter(
  (name) => existsSync(`examples/${name}/go.mod`) && !existsSync(`examples/${name}/dagger.json`),
)

describe.each(examples)("the queries for %s", (name) => {
  test("are the plan's steps, in their order", async () => {
    const plan = await planOf(name)
    expect(await record(plan)).toEqual(imageOperations(plan))
  })

  test("read like its Dockerfile", async () => {
    const plan = await planOf(name)
    await expect(printChain(await record(plan))).toMatchFileSnapshot(`queries/${name}.txt`)
  })
})

test("a secret is there for the step that mounts it, and not for those after it", async () => {
  const mounts: Mount[] = [{ type: "secret", id: "netrc", target: "/root/.netrc" }]
  const plan: Plan = {
    ...(await planOf("hello-web")),
    stages: [
      {
        name: "image",
        from: { scratch: true },
        steps: [
          { type: "run", args: ["download"], mounts },
          { type: "run", args: ["hook"], mounts: [] },
        ],
      },
    ],
  }
  const session = new RecordedSession()
  const chain = await session.run(() => {
    const secrets = { netrc: dag.setSecret("netrc", "machine a login b password c") }
    const { stage } = renderDagger(plan, { source: dag.directory(), secrets })
    return session.chainOf(stage("image"))
  })
  expect(chain.map(({ name }) => name)).toEqual([
    "container",
    "withMountedSecret",
    "withExec",
    "withoutMount",
    "withExec",
  ])
})

test("a stage from scratch, and one of each step", async () => {
  const plan = await planOf("hello-web")
  const [build] = plan.stages
  const every: Plan = {
    ...plan,
    stages: [
      { name: "empty", from: { scratch: true }, steps: [] },
      ...(build ? [build] : []),
      {
        name: "image",
        from: { stage: "empty" },
        steps: [
          { type: "environment", name: "A", value: 'b "c" $d' },
          { type: "working-directory", path: "/w" },
          { type: "file", path: "/f", content: "x\n", mode: 0o640, owner: "1:2" },
          { type: "copy", kind: "file", from: { source: true }, path: "a", to: "/a", owner: "1:2" },
          {
            type: "copy",
            kind: "directory",
            from: { source: true },
            path: "static",
            to: "/s",
            exclude: ["**/*.go"],
          },
          {
            type: "run",
            args: ["go", "version"],
            mounts: [
              {
                type: "bind",
                kind: "directory",
                from: { stage: "build" },
                path: "/out",
                target: "/m",
              },
            ],
          },
        ],
      },
    ],
  }
  expect(await record(every)).toEqual(imageOperations(every))
})

test("an image that runs a command has no entry point, also where its base has one", async () => {
  const plan = await planOf("hello-web")
  const names = (
    await record({ ...plan, image: { ...plan.image, entrypoint: [], command: ["/app/a"] } })
  ).map(({ name }) => name)
  expect(names).toContain("withoutEntrypoint")
  expect(names).not.toContain("withEntrypoint")
})

async function planOf(example: string): Promise<Plan> {
  const source = new LocalSource(`examples/${example}`)
  const { facts, settings } = await detect(source, { options: {}, environment: {} })
  return assemblePlan(facts, settings)
}

async function record(plan: Plan): Promise<Chain> {
  const session = new RecordedSession()
  return session.run(() => session.chainOf(renderDagger(plan, { source: dag.directory() }).image))
}

// What each step must become, written down a second time and in another way: as recorded operations.

/** How each stage, and the source, was made so far. */
type Origins = Map<string, Chain>

function sourceOf({ sourceExclude }: Plan): Chain {
  return [operation("directory"), operation("filter", { exclude: sourceExclude })]
}

function imageOperations(plan: Plan): Chain {
  const stages: Origins = new Map([["the source", sourceOf(plan)]])
  for (const { name, from, steps } of plan.stages) {
    const base =
      "stage" in from
        ? (stages.get(from.stage) ?? [])
        : [
            operation("container"),
            ...("image" in from ? [operation("from", { address: from.image })] : []),
          ]
    stages.set(name, [...base, ...steps.flatMap((step) => stepOperations(step, stages))])
  }
  const { image } = plan
  return [
    ...(stages.get("image") ?? []),
    ...image.environment.map(({ name, value, beforeOwn }) =>
      operation("withEnvVariable", {
        name,
        value: beforeOwn ? `${value}:\${${name}}` : value,
        expand: beforeOwn,
      }),
    ),
    ...image.labels.map((label) => operation("withLabel", label)),
    ...(image.annotations ?? []).map((annotation) => operation("withAnnotation", annotation)),
    ...image.ports.map((port, index) =>
      operation("withExposedPort", {
        port: parseInt(port),
        ...(port.endsWith("/udp") && { protocol: "UDP" }),
        ...((index > 0 || port.endsWith("/udp")) && { experimentalSkipHealthcheck: true }),
      }),
    ),
    operation("withUser", { name: image.user }),
    image.entrypoint.length > 0
      ? operation("withEntrypoint", { args: image.entrypoint })
      : operation("withoutEntrypoint"),
    operation("withDefaultArgs", { args: image.command }),
  ]
}

function stepOperations(step: Step, stages: Origins): Chain {
  switch (step.type) {
    case "environment":
      return [operation("withEnvVariable", { name: step.name, value: step.value })]
    case "user":
      return [operation("withUser", { name: step.user })]
    case "working-directory":
      return [operation("withWorkdir", { path: step.path })]
    case "file":
      return [
        operation("withNewFile", {
          path: step.path,
          contents: step.content,
          permissions: step.mode,
          owner: step.owner,
        }),
      ]
    case "copy":
      return [
        operation(step.kind === "file" ? "withFile" : "withDirectory", {
          path: step.to,
          source: origin(step.from, step.kind, step.path, stages),
          exclude: step.exclude,
          owner: step.owner,
        }),
      ]
    case "run":
      return [
        ...step.mounts.flatMap((mount) => mountOperation(mount, stages)),
        ...(step.user === undefined ? [] : [operation("withUser", { name: step.user })]),
        operation("withExec", { args: step.args }),
        ...(step.user === undefined ? [] : [operation("withUser", { name: "root" })]),
        ...step.mounts
          .filter(({ type }) => type !== "secret" && type !== "ssh")
          .map(({ target }) => operation("withoutMount", { path: target })),
      ]
  }
}

function mountOperation(mount: Mount, stages: Origins): Operation | [] {
  const { target: path } = mount
  // Nobody gives one here.
  if (mount.type === "secret" || mount.type === "ssh") return []
  if (mount.type === "tmpfs") return operation("withMountedTemp", { path })
  if (mount.type === "cache") {
    return operation("withMountedCache", {
      path,
      cache: [operation("cacheVolume", { key: mount.id })],
    })
  }
  return operation(mount.kind === "file" ? "withMountedFile" : "withMountedDirectory", {
    path,
    source: origin(mount.from, mount.kind, mount.path, stages),
  })
}

function origin(from: Origin, kind: "file" | "directory", path: string, stages: Origins): Chain {
  const source = stages.get("the source") ?? []
  if ("source" in from) return path === "." ? source : [...source, operation(kind, { path })]
  const stage = stages.get(from.stage) ?? []
  return path === "/" ? [...stage, operation("rootfs")] : [...stage, operation(kind, { path })]
}

function operation(name: string, args: Record<string, unknown> = {}): Operation {
  const given = Object.entries(args).filter(([, value]) => value !== undefined)
  return { name, args: Object.fromEntries(given) }
}
