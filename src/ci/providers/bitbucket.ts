import { commandsOf, imageNames, mergeBase, releaseTags, signHint } from "../commands.js"
import { besideServices, testCommands, testVariables, waitLines } from "../test-job.js"
import { placeholder, registryOf } from "../image-name.js"
import { comment, indent, items, scalar, text, variables, type Lines } from "../lines.js"
import { pinned, type Pipeline } from "../pipeline.js"
import { listed, quoteTemplate } from "./circleci.js"

/**
 * Bitbucket's Docker runs no privileged containers: neither Dagger's engine nor a builder that writes a cache image.
 *
 * https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/
 */
export function bitbucketPipeline(asked: Pipeline): string {
  const pipeline: Pipeline = { ...asked, tool: "docker" }
  const { image = placeholder(pipeline), tests, tokens, branch } = pipeline
  const signing = { by: "key" } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, {
    base: mergeBase("$BITBUCKET_PR_DESTINATION_COMMIT"),
    testResults: true,
  })
  const { IMAGE } = imageNames(pipeline, image, "${BITBUCKET_TAG:-$BITBUCKET_COMMIT}")
  const names = ["REGISTRY_USER", "REGISTRY_PASSWORD", ...tokens.map(({ variable }) => variable)]
  const withoutCache = (line: string) => line.replace(/ --cache-(?:from|image)="\$CACHE"/g, "")
  const install = "apk add git nodejs npm"
  return text(
    comment(
      `${listed(names)} are secured variables of the repository (Repository settings > Pipelines). Docker runs no privileged containers here, which a build cache in a registry needs.`,
    ),
    `image: ${pinned.docker}-cli`,
    "clone:",
    "  depth: full # with tags, which the version comes from",
    services(pipeline),
    "pipelines:",
    indent(2, [
      "pull-requests:",
      '  "**":',
      indent(4, [
        tests && testStep(pipeline),
        step("check", [install, ...commands.login, ...commands.check.map(withoutCache)]),
      ]),
      "branches:",
      `  ${scalar(branch)}: &image`,
      indent(4, [
        tests && testStep(pipeline),
        step("image", [
          install,
          `export IMAGE=${quoteTemplate(IMAGE)}`,
          ...commands.publish.map(withoutCache),
          ...commands.hints,
          signHint(signing, ""),
          ...commands.sign.map((line) => `# - ${line}`),
        ]),
      ]),
      "tags:",
      `  ${JSON.stringify(releaseTags)}: *image`,
    ]),
  )
}

function step(name: string, script: readonly string[]): Lines {
  return [
    "- step:",
    `    name: ${name}`,
    "    services: [docker]",
    "    script:",
    indent(
      6,
      script.map((line) => (line.startsWith("# ") ? line : items([line]))),
    ),
  ]
}

function services({ tests }: Pipeline): Lines {
  return [
    "definitions:",
    "  services:",
    "    docker:",
    "      memory: 3072 # of 4096 MB; without it, 1024, which is too little for Go's compiler",
    tests && indent(4, [besideServices]),
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
    [
      ...given.map(([name, value]) => `export ${name}='${value}'`),
      ...waitLines(beside, () => "localhost"),
      ...testCommands(pipeline),
    ].map((line) => `      - ${scalar(line)}`),
  ]
}
