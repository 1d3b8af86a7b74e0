import {
  commandsOf,
  hasTestResults,
  imageNames,
  mergeBase,
  releaseTags,
  signHint,
  testResults,
} from "../commands.js"
import { testCommands, testVariables } from "../test-job.js"
import { indent, text, type Lines } from "../lines.js"
import { placeholder, registryOf } from "../image-name.js"
import type { Pipeline } from "../pipeline.js"
import { quoteTemplate } from "./circleci.js"

/** https://www.jenkins.io/doc/book/pipeline/syntax/ */
export function jenkinsfile(pipeline: Pipeline): string {
  const { image = placeholder(pipeline), tests, tokens, branch, tool } = pipeline
  const signing = { by: "key" } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, {
    base: mergeBase("origin/$CHANGE_TARGET"),
    testResults: true,
  })
  const { IMAGE, CACHE } = imageNames(pipeline, image, "${TAG_NAME:-$GIT_COMMIT}")
  const cache = tool === "docker" && `export CACHE=${CACHE}`
  const both = tokens.length === 0 ? "Both credentials are" : "All credentials are"
  return text(
    `// For a multibranch pipeline. ${both} of the kind "Secret text"; agents with the label "docker" can run`,
    tool === "docker" ? "// containers, and have Node.js 20 or newer." : "// containers.",
    "// Behaviours of its branch source: discover tags; clone with tags (advanced), which the version comes from; discover",
    "// pull requests merged with the branch that they are for.",
    "pipeline {",
    indent(2, [
      "agent { label 'docker' }",
      "environment {",
      indent(2, [
        "REGISTRY_USER = credentials('registry-user')",
        "REGISTRY_PASSWORD = credentials('registry-password')",
        tokens.map(({ variable }) => `${variable} = credentials('${credentialId(variable)}')`),
      ]),
      "}",
      "stages {",
      indent(2, [
        tests && stage("Test", undefined, testScript(pipeline)),
        stage(
          "Check",
          "changeRequest()",
          [...commands.install, cache, ...commands.login, ...commands.check],
          results(pipeline),
        ),
        stage(
          "Image",
          `anyOf { branch '${branch}'; tag '${releaseTags}' }`,
          [
            ...commands.install,
            `export IMAGE=${quoteTemplate(IMAGE)}`,
            cache,
            ...commands.publish,
            ...commands.hints,
            signHint(signing, ""),
            ...commands.sign.map((line) => `# ${line}`),
          ],
          results(pipeline),
        ),
      ]),
      "}",
    ]),
    "}",
  )
}

function results(pipeline: Pipeline): Lines {
  if (!hasTestResults(pipeline)) return []
  const files = `${testResults}/**/junit.xml`
  return ["post {", `  always { junit testResults: '${files}', allowEmptyResults: true }`, "}"]
}

/** `registry-user` for REGISTRY_USER, as credentials are named there. */
export function credentialId(variable: string): string {
  return variable.toLowerCase().replaceAll("_", "-")
}

/** In three single quotes Groovy puts no values of its own into the script, secrets among them. */
function stage(name: string, when: string | undefined, script: Lines, after: Lines = []): Lines {
  return [
    `stage('${name}') {`,
    indent(2, [
      when !== undefined && `when { ${when} }`,
      "steps {",
      "  sh '''",
      indent(4, script).map((line) => line.replaceAll("\\", "\\\\")),
      "  '''",
      "}",
      after,
    ]),
    "}",
  ]
}

/** Jenkins has no services of its own without a plugin: they are containers, which end with the test. */
export function testScript(pipeline: Pipeline): Lines {
  const { services = [], goVersion = "" } = pipeline.tests ?? {}
  const given = Object.entries(testVariables(pipeline, ({ name }) => name))
  const network = "go-image-$$"
  const tokens = pipeline.tokens.map(({ variable }) => `--env ${variable}`)
  return [
    `network=${network}`,
    `docker network create "$network"`,
    `trap 'docker rm --force ${services.map(({ name }) => `"$network-${name}"`).join(" ")}; docker network rm "$network"' EXIT`,
    services.map(
      ({ name, image, environment }) =>
        `docker run --detach --name "$network-${name}" --network "$network" --network-alias ${name} ${Object.entries(
          environment,
        )
          .map(([key, value]) => `--env ${key}=${value} `)
          .join("")}${image}`,
    ),
    services.map(
      ({ name, ready }) =>
        `for try in $(seq 60); do docker exec "$network-${name}" ${ready} && break; sleep 1; done`,
    ),
    `docker run --rm --network "$network" --volume "$PWD:/src" --workdir /src ${[
      ...given.map(([key, value]) => `--env '${key}=${value}'`),
      ...tokens,
    ].join(" ")} golang:${goVersion} sh -ec '${testCommands(pipeline)
      .map((line) => line.replaceAll("'", '"'))
      .join("; ")}'`,
  ]
}
