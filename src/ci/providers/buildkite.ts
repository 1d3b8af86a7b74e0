import { commandsOf, imageNames, mergeBase, signHint } from "../commands.js"
import { placeholder, registryOf } from "../image-name.js"
import { comment, flat, indent, items, scalar, text, type Lines } from "../lines.js"
import type { Pipeline } from "../pipeline.js"
import { listed, quoteTemplate } from "./circleci.js"
import { testScript } from "./jenkins.js"

/** https://buildkite.com/docs/pipelines/configure/defining-steps */
export function buildkitePipeline(pipeline: Pipeline): string {
  const { image = placeholder(pipeline), tests, tokens, branch, tool } = pipeline
  const signing = {
    by: "token",
    token: "export SIGSTORE_ID_TOKEN=$(buildkite-agent oidc request-token --audience sigstore)",
  } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, {
    base: mergeBase(`origin/${branch}`),
  })
  const { IMAGE, CACHE } = imageNames(pipeline, image, "${BUILDKITE_TAG:-$BUILDKITE_COMMIT}")
  const ofModules = tokens.map(({ variable }) => variable)
  const login = ["REGISTRY_USER", "REGISTRY_PASSWORD"]
  const cache = tool === "docker" && `export CACHE=${CACHE}`
  return text(
    comment(
      `${listed([...login, ...ofModules])} are secrets of the cluster. A dollar sign is written twice, so that it is the job's shell that replaces the variable: at upload the secrets are not there yet.${tool === "docker" ? " Agents have Docker and Node.js 20 or newer." : ""}`,
    ),
    "steps:",
    indent(2, [
      tests && step("test", undefined, ofModules, testScript(pipeline)),
      tests && "- wait",
      "# The branch of a fork's pull request may be called like this repository's own.",
      step(
        "check",
        `(${fork} == true || build.branch != "${branch}") && build.tag == null`,
        ofModules,
        [...commands.install, cache, ...commands.check],
      ),
      step(
        "image",
        `${fork} != true && (build.branch == "${branch}" || build.tag =~ /^v/)`,
        [...login, ...ofModules],
        [
          ...commands.install,
          `export IMAGE=${quoteTemplate(IMAGE)}`,
          cache,
          ...commands.publish,
          ...commands.hints,
          signHint(signing, ", which the agent then needs"),
          ...commands.sign.map((line) => `# ${line}`),
        ],
      ),
    ]),
  )
}

const fork = "build.pull_request.repository.fork"

function step(
  label: string,
  condition: string | undefined,
  secrets: readonly string[],
  script: Lines,
): Lines {
  return [
    `- label: ${label}`,
    condition !== undefined && `  if: ${scalar(condition)}`,
    secrets.length > 0 && [
      "  plugins:",
      "    - secrets#v1.0.2:",
      "        variables:",
      secrets.map((name) => `          ${name}: ${name}`),
    ],
    "  command:",
    commandsIn(script)
      .map((line) => line.replaceAll("$", "$$$$"))
      .map((line) => (line.startsWith("# ") ? asComment(line) : indent(4, items([line])))),
  ]
}

/** A loop stays one of them. */
function commandsIn(script: Lines): string[] {
  return script.flatMap((each) =>
    each === false || each === undefined ? [] : typeof each === "string" ? [each] : flat(each),
  )
}

/** A command is one of the list. */
function asComment(line: string): string {
  return /^# [A-Z]/.test(line) ? `    ${line}` : `    # - ${line.slice("# ".length)}`
}
