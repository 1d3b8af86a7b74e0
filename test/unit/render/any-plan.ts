import type { Port } from "../../../src/settings/ports.js"
import type { Mount, Origin, Plan, Stage, Step } from "../../../src/plan/types.js"
import { fc } from "../support/property.js"

const source: Origin = { source: true }

/** The least that is a plan, on these stages. */
export function planOf(stages: Stage[], image: Partial<Plan["image"]> = {}): Plan {
  return {
    version: 1,
    stages,
    image: {
      user: "1000:1000",
      entrypoint: ["/app/hello"],
      command: [],
      environment: [],
      labels: [],
      ports: [],
      ...image,
    },
    binaries: [],
    sourceExclude: [],
    decisions: [],
    notices: [],
  }
}

const odd = [
  ..." \t'\"\\$`#=,:<>|&;()[]{}*?!~%@ü\u00A0\u2028日a1._-/",
  "<<EOF",
  "${A}",
  "$A",
  "\\\\",
  "a b",
]
const ascii = odd.filter((each) => /^[\0-\x7F]*$/.test(each))
const textOf = (pieces: string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(""))
const text = textOf(odd)
/** No part of it is a way up, and a folder's slash at the end is the renderer's. */
const tidy = (path: string) =>
  path
    .split("/")
    .filter((part) => part !== "" && !/^\.+$/.test(part))
    .join("/")
const pathOf = (text: fc.Arbitrary<string>) => text.map((each) => `/${tidy(`a/${each}/b`)}`)
const path = pathOf(text)
const asciiPath = pathOf(textOf(ascii))
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/)
const owner = fc.option(
  fc.tuple(fc.nat({ max: 65535 }), fc.nat({ max: 65535 })).map((ids) => ids.join(":")),
  { nil: undefined },
)
const words = fc.array(text, { minLength: 1, maxLength: 4 })
const pairs = fc.array(fc.record({ name, value: text }), { maxLength: 3 })
const earlier: Origin = { stage: "build" }

const mount: fc.Arbitrary<Mount> = fc.oneof(
  fc.record({
    type: fc.constant("cache" as const),
    id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/),
    target: asciiPath,
  }),
  fc.record({
    type: fc.constant("bind" as const),
    kind: fc.constantFrom("file" as const, "directory" as const),
    from: fc.constant(earlier),
    path: asciiPath,
    target: asciiPath,
  }),
  fc.record({
    type: fc.constant("bind" as const),
    kind: fc.constant("file" as const),
    from: fc.constant(source),
    path: asciiPath.map((each) => each.slice(1)),
    target: asciiPath,
  }),
)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant("environment" as const), name, value: text }),
  fc.record({ type: fc.constant("working-directory" as const), path }),
  fc.record({
    type: fc.constant("copy" as const),
    kind: fc.constant("file" as const),
    from: fc.constant(earlier),
    path,
    to: path,
    owner,
  }),
  fc.record({
    type: fc.constant("copy" as const),
    kind: fc.constant("directory" as const),
    from: fc.constant(source),
    path: path.map((each) => each.slice(1)),
    to: path,
    exclude: fc.array(textOf(ascii), { maxLength: 3 }),
    owner,
  }),
  fc.record({
    type: fc.constant("run" as const),
    args: words,
    mounts: fc.array(mount, { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant("file" as const),
    path: path.map((each) => each.replace(/\s/gu, "_")),
    content: fc
      .array(fc.oneof(text, fc.constantFrom("EOF", "EOF_", "EOF\r", "# a", "FROM x", "a \\")), {
        maxLength: 4,
      })
      .map((lines) => lines.map((line) => `${line}\n`).join("")),
    mode: fc.nat({ max: 0o7777 }),
    owner,
  }),
)
/** Plans with whatever names, values and paths a plan may have. */
export const anyPlan: fc.Arbitrary<Plan> = fc
  .record({
    build: fc.array(step, { maxLength: 4 }),
    steps: fc.array(step, { maxLength: 4 }),
    image: fc.record({
      entrypoint: words,
      command: fc.array(text, { maxLength: 3 }),
      environment: pairs,
      labels: pairs,
      ports: fc.array(
        fc
          .tuple(fc.integer({ min: 1, max: 65535 }), fc.constantFrom("tcp", "udp"))
          .map(([port, protocol]): Port => `${port}/${protocol}`),
        { maxLength: 2 },
      ),
    }),
  })
  .map(({ build, steps, image }) =>
    planOf(
      [
        { name: "build", from: { image: "golang:1.25" }, steps: build.filter(isFromSource) },
        { name: "image", from: { stage: "build" }, steps },
      ],
      image,
    ),
  )

/** The first stage has none before it. */
function isFromSource(step: Step): boolean {
  const origins =
    step.type === "copy"
      ? [step.from]
      : step.type === "run"
        ? step.mounts.map((each) => ("from" in each ? each.from : source))
        : []
  return origins.every((origin) => "source" in origin)
}
