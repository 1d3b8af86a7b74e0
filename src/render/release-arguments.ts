import type { Argument, ImageConfig, Plan, Step } from "../plan/types.js"
import { argumentsIn, signOf } from "./argument-signs.js"
import { instruction } from "./instructions.js"
import { isForShell } from "./readable-run.js"
import { quote } from "./words.js"

/*
 * A Dockerfile that is kept builds other releases, too: what is another with each stands in it as an argument, with the value
 * that it has today.
 */

/** The plan with signs where it has a value of an argument: in what is compiled in, and in labels. */
export function withArguments(plan: Plan): Plan {
  const { arguments: given = [] } = plan
  if (given.length === 0) return plan
  const mark = marker(given)
  const step = (each: Step): Step => {
    if (each.type === "environment") return { ...each, value: mark(each.value) }
    if (each.type !== "run" || !isForShell(each.args)) return each
    return {
      ...each,
      args: each.args.map((arg) => (arg.startsWith("-ldflags=") ? mark(arg) : arg)),
    }
  }
  const labels = plan.image.labels.map(({ name, value }) => {
    const argument = given.find((each) => each.value === value)
    return { name, value: argument ? signOf(argument.name) : value }
  })
  return {
    ...plan,
    stages: plan.stages.map((stage) => ({ ...stage, steps: stage.steps.map(step) })),
    image: { ...plan.image, labels },
    decisions: plan.decisions.map((each) =>
      each.what === "linker value" ? { ...each, value: mark(each.value) } : each,
    ),
  }
}

/** A version without its v is that of a shell's `${VERSION#v}`, which a Dockerfile has, too. */
function marker(given: readonly Argument[]): (text: string) => string {
  const signs = new Map<string, string>()
  for (const { name, value } of given) {
    signs.set(value, signOf(name))
    if (/^v\d/.test(value)) signs.set(value.slice(1), signOf(`${name}#v`))
  }
  const values = [...signs.keys()]
    .sort((a, b) => b.length - a.length)
    .map((value) => value.replace(/[.+/-]/g, "\\$&"))
  // As a word of its own: not the v1.2 of v1.2.3.
  const any = new RegExp(`(?<![\\w.+-])(?:${values.join("|")})(?![\\w.+-])`, "g")
  return (text) => text.replace(any, (value) => signs.get(value) ?? value)
}

/** Those that the image's labels have: with the same lines, the image's history is the same. */
export function argumentsOfImage(
  { labels }: Pick<ImageConfig, "labels">,
  given: readonly Argument[] = [],
): Argument[] {
  const values = new Set(labels.map(({ value }) => value))
  return given.filter(({ value }) => values.has(value))
}

/** What each is, and the command that says it of another release. */
const known: Readonly<Record<string, { is: string; command: string }>> = {
  VERSION: { is: "of the release", command: "git describe --tags --always" },
  TAG: { is: "on the commit", command: "git describe --tags --abbrev=0" },
  MODULE_VERSION: { is: "as `go version -m` shows it", command: "git describe --tags --abbrev=0" },
  COMMIT: { is: "that the release is built from", command: "git rev-parse HEAD" },
  SHORT_COMMIT: { is: "in twelve digits", command: "git rev-parse --short=12 HEAD" },
  DATE: {
    is: "of the commit",
    command: "TZ=UTC0 git log -1 --format=%cd --date=format-local:%FT%TZ",
  },
}

/** As a shell has it. Of a version that is made of time and commit, what stands before them stays until there is another tag. */
function ofAnother(name: string, value: string): string {
  const [, base] = /^(.*)\d{14}-[0-9a-f]{12}(?:\+dirty)?$/.exec(value) ?? []
  if (name !== "MODULE_VERSION" || base === undefined) return `$(${known[name]?.command})`
  return `${base}$(TZ=UTC0 git log -1 --abbrev=12 --format=%cd-%h --date=format-local:%Y%m%d%H%M%S)`
}

/** ARG for each that is used, and how to build another release. Before the first stage, so that each of them can have them. */
export function argumentLines(plan: Plan): string {
  const { arguments: given = [] } = plan
  const used = argumentsIn(JSON.stringify([plan.stages, plan.image.labels]), given)
  if (used.length === 0) return ""
  const flags = given.flatMap(({ name, value }) =>
    used.includes(name) ? [`--build-arg ${name}="${ofAnother(name, value)}"`] : [],
  )
  const lines = [
    "# Another release: docker build \\",
    ...flags.map((flag) => `#   ${flag} \\`),
    "#   .",
    ...given
      .filter(({ name }) => used.includes(name))
      .flatMap(({ name, value }) => [
        // As BuildKit's linter and `docker build --call=outline` have it.
        `# ${name} ${known[name]?.is}`,
        instruction(`ARG ${name}=${quote(value)}`),
      ]),
  ]
  return `${lines.join("\n")}\n\n`
}
