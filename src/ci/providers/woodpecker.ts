import {
  commandsOf,
  documentation,
  imageNames,
  mergeBase,
  releaseTags,
  signHint,
} from "../commands.js"
import { besideServices, testCommands, testVariables, waitLines } from "../test-job.js"
import { placeholder, registryOf } from "../image-name.js"
import { comment, indent, items, scalar, text, variables, type Lines } from "../lines.js"
import { pinned, type Pipeline } from "../pipeline.js"
import { listed, quoteTemplate } from "./circleci.js"

/** https://woodpecker-ci.org/docs/usage/workflow-syntax */
export function woodpeckerPipeline(pipeline: Pipeline): string {
  const { image = placeholder(pipeline), tests, tokens, branch, tool } = pipeline
  const signing = { by: "key", install: "apk add cosign" } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, {
    base: mergeBase("origin/$CI_COMMIT_TARGET_BRANCH"),
  })
  const { IMAGE, CACHE } = imageNames(pipeline, image, "$CI_COMMIT_SHA")
  const ofTag = quoteTemplate(imageNames(pipeline, image, "$CI_COMMIT_TAG").IMAGE)
  const ofModules = tokens.map(({ variable }) => variable)
  const login = ["REGISTRY_USER", "REGISTRY_PASSWORD"]
  const names = listed([...login, ...ofModules].map(secretName))
  const start = [`apk add ${tool === "dagger" ? "curl" : "git nodejs npm"}`, ...commands.install]
  const cache = tool === "docker" && `export CACHE=${CACHE}`
  return text(
    comment(
      `${names} are secrets of the repository. ${volume[tool]} Whose pull request runs has that Docker, too: leave the approval of forks on.`,
    ),
    "when:",
    indent(2, [["- event: push", `  branch: ${scalar(branch)}`], "- event: pull_request"]),
    indent(2, ["- event: tag", `  ref: refs/tags/${releaseTags}`]),
    "clone:",
    indent(2, [
      "git:",
      `  image: ${pinned.woodpeckerClone}`,
      "  settings:",
      "    tags: true # and so all of the history, which the version comes from",
      pipeline.targets.length > 0 &&
        !pipeline.isPart &&
        tool === "docker" &&
        "    fetch-target-branch: true",
    ]),
    tests && services(pipeline),
    "steps:",
    indent(2, [
      tests && [
        "test:",
        indent(2, [
          `image: golang:${tests.goVersion}`,
          environment(
            testVariables(pipeline, ({ name }) => name),
            ofModules,
          ),
          "commands:",
          [...waitLines(tests.services, ({ name }) => name), ...testCommands(pipeline)].map(
            (line) => `  - ${scalar(line)}`,
          ),
        ]),
      ],
      step("check", "pull_request", ofModules, [...start, cache, ...commands.check]),
      step(
        "image",
        "[push, tag]",
        [...login, ...ofModules],
        [
          ...start,
          `export IMAGE=${quoteTemplate(IMAGE)}`,
          `if [ -n "$CI_COMMIT_TAG" ]; then export IMAGE=${ofTag}; fi`,
          cache,
          ...commands.publish,
          ...commands.hints,
          signHint(signing, ""),
          ...commands.sign.map((line) => `# - ${line}`),
        ],
      ),
    ]),
  )
}

const volume = {
  dagger: `The volume lets Dagger start its engine on the agent's Docker, for which the repository has to be trusted; with an engine elsewhere it can go (${documentation("where-the-engine-is")}).`,
  docker: `The volume is the Docker of the agent, for which the repository has to be trusted; with BUILDKIT_HOST it can go (${documentation("cache")}).`,
}

export function secretName(variable: string): string {
  return variable.toLowerCase()
}

function environment(given: Record<string, string>, secrets: readonly string[]): Lines {
  if (Object.keys(given).length + secrets.length === 0) return []
  return [
    "environment:",
    indent(2, [
      ...variables(given),
      secrets.map((name) => [`${name}:`, `  from_secret: ${secretName(name)}`]),
    ]),
  ]
}

function step(
  name: string,
  event: string,
  secrets: readonly string[],
  script: readonly (string | false)[],
): Lines {
  return [
    `${name}:`,
    indent(2, [
      "when:",
      `  event: ${event}`,
      `image: ${pinned.docker}-cli`,
      "volumes:",
      "  - /var/run/docker.sock:/var/run/docker.sock",
      ...environment({}, secrets),
      "commands:",
      indent(
        2,
        script.map((line) => line && (line.startsWith("# ") ? line : items([line]))),
      ),
    ]),
  ]
}

function services({ tests }: Pipeline): Lines {
  return [
    besideServices,
    "services:",
    indent(
      2,
      (tests?.services ?? []).map(({ name, image, environment: given }) => [
        `${name}:`,
        `  image: ${image}`,
        Object.keys(given).length > 0 && ["  environment:", indent(4, variables({ ...given }))],
      ]),
    ),
  ]
}
