import {
  besideServices,
  commandsOf,
  imageNames,
  signHint,
  testCommands,
  testVariables,
} from "../commands.js"
import { placeholder, registryOf } from "../image-name.js"
import { indent, scalar, text, variables, type Lines } from "../lines.js"
import { pinned, type Pipeline } from "../pipeline.js"
import { listed } from "./circleci.js"

/**
 * Bitbucket's Docker runs no privileged containers: neither Dagger's engine nor a builder that writes a cache image.
 *
 * https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
 */
export function bitbucketPipeline(asked: Pipeline): string {
  const pipeline: Pipeline = { ...asked, tool: "docker" }
  const { image = placeholder(pipeline), tests, tokens, branch } = pipeline
  const signing = { by: "key" } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, { testResults: true })
  const { IMAGE } = imageNames(pipeline, image, "$BITBUCKET_COMMIT")
  const names = ["REGISTRY_USER", "REGISTRY_PASSWORD", ...tokens.map(({ variable }) => variable)]
  const withoutCache = (line: string) => line.replace(/ --cache-(?:from|image)="\$CACHE"/, "")
  const install = "apk add git nodejs npm"
  return text(
    `# ${listed(names)} are secured variables of the repository (Repository settings > Pipelines).`,
    "# Docker runs no privileged containers here, which a build cache in a registry needs.",
    `image: ${pinned.docker}-cli`,
    tests && services(pipeline),
    "pipelines:",
    indent(2, [
      "pull-requests:",
      '  "**":',
      indent(4, [
        tests && testStep(pipeline),
        step("check", [install, withoutCache(commands.check)]),
      ]),
      "branches:",
      `  ${scalar(branch)}:`,
      indent(4, [
        tests && testStep(pipeline),
        step("image", [
          install,
          `export IMAGE=${IMAGE.includes("{") ? `"${IMAGE}"` : IMAGE}`,
          ...commands.publish.map(withoutCache),
          signHint(signing, ""),
          ...commands.sign.map((line) => `# - ${line}`),
        ]),
      ]),
    ]),
  )
}

function step(name: string, script: Lines): Lines {
  return [
    "- step:",
    `    name: ${name}`,
    "    services: [docker]",
    "    script:",
    indent(6, script).map((line) => (/^ *# /.test(line) ? line : `      - ${scalar(line.trim())}`)),
  ]
}

function services({ tests }: Pipeline): Lines {
  return [
    besideServices,
    "definitions:",
    "  services:",
    indent(
      4,
      (tests?.services ?? []).map(({ name, image, environment }) => [
        `${name}:`,
        `  image: ${image}`,
        Object.keys(environment).length > 0 && ["  variables:", indent(4, variables(environment))],
      ]),
    ),
  ]
}

/** Variables of a step are those of its script; services listen on the step's own localhost. */
function testStep(pipeline: Pipeline): Lines {
  const { services: beside = [], goVersion = "" } = pipeline.tests ?? {}
  const given = Object.entries(testVariables(pipeline, () => "localhost"))
  return [
    "- step:",
    "    name: test",
    `    image: golang:${goVersion}`,
    `    services: [${beside.map(({ name }) => name).join(", ")}]`,
    "    script:",
    [...given.map(([name, value]) => `export ${name}='${value}'`), ...testCommands(pipeline)].map(
      (line) => `      - ${scalar(line)}`,
    ),
  ]
}
