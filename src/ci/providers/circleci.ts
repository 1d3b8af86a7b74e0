import {
  commandsOf,
  hasTestResults,
  testResults,
  imageNames,
  mergeBase,
  signHint,
} from "../commands.js"
import { besideServices, testCommands, testVariables } from "../test-job.js"
import { comment, indent, scalar, text, variables, type Lines } from "../lines.js"
import { placeholder, registryOf } from "../image-name.js"
import type { Pipeline } from "../pipeline.js"

/** https://circleci.com/docs/configuration-reference/ */
export function circleCiPipeline(pipeline: Pipeline): string {
  const { image = placeholder(pipeline), tests, tokens, branch } = pipeline
  const signing = {
    by: "token",
    token: `export SIGSTORE_ID_TOKEN=$(circleci run oidc get --claims '{"aud":"sigstore"}')`,
  } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, {
    base: mergeBase(`origin/${branch}`),
    testResults: true,
  })
  const { IMAGE, CACHE } = imageNames(pipeline, image, "${CIRCLE_TAG:-$CIRCLE_SHA1}")
  const names = ["REGISTRY_USER", "REGISTRY_PASSWORD", ...tokens.map(({ variable }) => variable)]
  const cache = pipeline.tool === "docker" && `export CACHE=${CACHE}`
  const results = [
    hasTestResults(pipeline) && ["- store_test_results:", `    path: ${testResults}`],
  ]
  return text(
    comment(`${listed(names)} are environment variables of the project (Project Settings).`),
    "version: 2.1",
    "jobs:",
    indent(2, [
      tests && testJob(pipeline),
      job("check", [...commands.install, cache, ...commands.login, ...commands.check], results),
      job(
        "image",
        [
          ...commands.install,
          `export IMAGE=${quoteTemplate(IMAGE)}`,
          cache,
          ...commands.publish,
          ...commands.hints,
          signHint(signing, ", which the machine then needs"),
          ...commands.sign.map((line) => `# ${line}`),
        ],
        results,
      ),
    ]),
    "workflows:",
    "  image:",
    "    jobs:",
    indent(6, [
      // A job runs for tags only where it says so, and where those that it requires do, too.
      tests && ["- test:", "    filters:", ...filterTags],
      ["- check:", "    filters:", ...filterBranches(`ignore: ${scalar(branch)}`)],
      ["- image:", tests && "    requires: [test]", "    filters:"],
      [...filterBranches(`only: ${scalar(branch)}`), ...filterTags],
    ]),
  )
}

function filterBranches(line: string): string[] {
  return ["      branches:", `        ${line}`]
}

const filterTags = ["      tags:", "        only: /^v.*/"]

export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`
}

/** `{{.Target}}` has no meaning for a shell; braces that hold a comma or dots would. */
export function quoteTemplate(image: string): string {
  return image.includes("{") ? `"${image}"` : image
}

function job(name: string, script: Lines, after: Lines = []): Lines {
  return [
    `${name}:`,
    indent(2, [
      "machine:",
      "  image: ubuntu-2404:current",
      "steps:",
      "  - checkout",
      "  - run: |",
      indent(6, script),
      indent(2, after),
    ]),
  ]
}

function testJob(pipeline: Pipeline): Lines {
  const { services = [], goVersion = "" } = pipeline.tests ?? {}
  const given = testVariables(pipeline, () => "localhost")
  return [
    besideServices,
    "test:",
    indent(2, [
      "docker:",
      indent(2, [
        `- image: cimg/go:${goVersion}`,
        Object.keys(given).length > 0 && ["  environment:", indent(4, variables(given))],
        services.map(({ image, environment }) => [
          `- image: ${image}`,
          Object.keys(environment).length > 0 && [
            "  environment:",
            indent(4, variables(environment)),
          ],
        ]),
      ]),
      "steps:",
      "  - checkout",
      ...services.map(({ port }) => `  - run: dockerize -wait tcp://localhost:${port} -timeout 1m`),
      "  - run: |",
      indent(6, testCommands(pipeline)),
    ]),
  ]
}
