import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { indent, scalar, text, type Lines } from "../../src/ci/lines.js"
import { pinned } from "../../src/ci/pipeline.js"
import { homepage, version } from "../../src/version.js"

/*
 * What other providers have in place of action.yml: each is written from it and from script/action, so that an input is
 * described once, and what comes of it is written once.
 */

interface Input {
  name: string
  /** Of the shell, as script/action reads it. */
  variable: string
  description: string
  otherwise: string
}

export interface Component {
  path: string
  text: string
  mode?: number
}

export function components(): Component[] {
  const inputs = readInputs()
  return [
    { path: "templates/go-image.yml", text: gitLabComponent(inputs) },
    { path: "components/circleci/orb.yml", text: circleCiOrb(inputs) },
    { path: "components/jenkins/vars/goImage.groovy", text: jenkinsStep(inputs) },
    { path: "components/woodpecker/plugin.sh", text: woodpeckerPlugin(inputs), mode: 0o755 },
    { path: "components/woodpecker/Dockerfile", text: woodpeckerImage() },
  ]
}

export function readInputs(): Input[] {
  const { inputs, runs } = parse(readFileSync("action.yml", "utf8")) as {
    inputs: Record<string, { description: string; default?: string }>
    runs: { steps: { env?: Record<string, string> }[] }
  }
  const variables = Object.entries(runs.steps.at(-1)?.env ?? {})
  return Object.entries(inputs).flatMap(([name, { description, default: otherwise = "" }]) => {
    const [variable] = variables.find(([, value]) => value === `\${{ inputs.${name} }}`) ?? []
    // GitHub alone has a cache without a name.
    const told = description.replace(", or none. It", ". It")
    return variable === undefined ? [] : [{ name, variable, description: told, otherwise }]
  })
}

/** With a login, where the job has a password for it. */
function script(): string[] {
  const [, shared = ""] = readFileSync("script/action", "utf8").split(/^# Shared: .*\n/m)
  return [
    "set -euf",
    `go_image() { npx --yes go-image@${version} "$@"; }`,
    'if [ -n "${REGISTRY_PASSWORD-}" ]; then',
    '  echo "$REGISTRY_PASSWORD" | docker login "${TAGS%%/*}" --username "$REGISTRY_USER" --password-stdin',
    "fi",
    ...shared.trimEnd().split("\n"),
  ]
}

const written = "Written by script/readme, from action.yml and script/action."
const login = "REGISTRY_USER and REGISTRY_PASSWORD, where the job has them, log in to the registry."

/** https://docs.gitlab.com/ci/components/ */
function gitLabComponent(inputs: Input[]): string {
  const defaults: Record<string, string> = {
    tags: "$CI_REGISTRY_IMAGE:$CI_COMMIT_SHA",
    cache: "$CI_REGISTRY_IMAGE:cache",
  }
  return text(
    `# A component of GitLab's CI/CD catalog. ${written}`,
    "spec:",
    "  inputs:",
    indent(4, [
      input("job", "Name of the job", "go-image"),
      input("stage", "Stage of the job", "build"),
      inputs.map(({ name, description, otherwise }) =>
        input(name, description, defaults[name] ?? otherwise),
      ),
    ]),
    "---",
    "$[[ inputs.job ]]:",
    indent(2, [
      "stage: $[[ inputs.stage ]]",
      "image:",
      `  name: ${pinned.docker}-cli`,
      '  entrypoint: [""]',
      "services:",
      `  - name: ${pinned.docker}-dind`,
      "    alias: docker",
      "variables:",
      indent(2, [
        "DOCKER_HOST: tcp://docker:2376",
        'DOCKER_TLS_VERIFY: "1"',
        "DOCKER_TLS_CERTDIR: /certs",
        "DOCKER_CERT_PATH: /certs/client",
        "REGISTRY_USER: $CI_REGISTRY_USER",
        "REGISTRY_PASSWORD: $CI_REGISTRY_PASSWORD",
        inputs.map(({ name, variable }) => `${variable}: $[[ inputs.${name} ]]`),
      ]),
      "before_script:",
      "  - apk add git nodejs npm",
      "script:",
      "  - |",
      indent(4, script()),
    ]),
  )
}

function input(name: string, description: string, otherwise: string): Lines {
  return [`${name}:`, `  description: ${scalar(description)}`, `  default: ${scalar(otherwise)}`]
}

/** https://circleci.com/docs/orb-author/ */
function circleCiOrb(inputs: Input[]): string {
  const parameters = inputs.map(({ name, description, otherwise }) => [
    `${name}:`,
    "  type: string",
    `  description: ${scalar(description)}`,
    `  default: ${scalar(otherwise)}`,
  ])
  return text(
    `# The source of an orb. ${written}`,
    "version: 2.1",
    "description: Build the container image of a Go project, and check the project, without a Dockerfile",
    "display:",
    `  home_url: ${homepage}`,
    `  source_url: ${homepage}`,
    "commands:",
    "  build:",
    indent(4, [
      `description: Checks, then builds. ${login}`,
      "parameters:",
      indent(2, parameters),
      "steps:",
      "  - run:",
      indent(6, [
        "name: go-image",
        "environment:",
        indent(
          2,
          inputs.map(({ name, variable }) => `${variable}: << parameters.${name} >>`),
        ),
        "command: |",
        indent(2, script()),
      ]),
    ]),
    "jobs:",
    "  build:",
    indent(4, [
      "description: The command of that name, on a machine with Docker",
      "machine:",
      "  image: ubuntu-2404:current",
      "parameters:",
      indent(2, parameters),
      "steps:",
      "  - checkout",
      "  - build:",
      indent(
        6,
        inputs.map(({ name }) => `${name}: << parameters.${name} >>`),
      ),
    ]),
  )
}

/** https://www.jenkins.io/doc/book/pipeline/shared-libraries/ */
function jenkinsStep(inputs: Input[]): string {
  return text(
    `// A step of a shared library: goImage(tags: "registry.example.com/team/app:v1", push: true). ${written}`,
    "// The agent has Docker and Node.js 20 or newer. A list has one value for each line.",
    `// ${login}`,
    inputs.map(({ name, description }) => `// ${name}: ${description}`),
    "def call(Map inputs = null) {",
    indent(2, [
      "withEnv([",
      indent(
        2,
        inputs.map(
          ({ name, variable, otherwise }) =>
            `"${variable}=\${read(inputs, '${name}', '${otherwise}')}",`,
        ),
      ),
      "]) {",
      // In three single quotes Groovy puts no values of its own into the script.
      "  sh '''",
      indent(4, script()).map((line) => line.replaceAll("\\", "\\\\")),
      "  '''",
      "}",
    ]),
    "}",
    "",
    "def read(Map inputs, String name, String otherwise) {",
    "  def given = inputs == null ? null : inputs[name]",
    "  return [given == null ? otherwise : given].flatten().join('\\n')",
    "}",
  )
}

/** https://woodpecker-ci.org/docs/usage/plugins/creating-plugins: a list comes with commas in between. */
function woodpeckerPlugin(inputs: Input[]): string {
  const lists = ["tags", "options"]
  return text(
    "#!/bin/sh",
    `# What the plugin runs: its settings, which are variables here, are the inputs of action.yml. ${written}`,
    `# ${login.replace("REGISTRY_USER and REGISTRY_PASSWORD, where the job has them,", "The settings username and password")}`,
    inputs.map(({ name, variable, otherwise }) => {
      const setting = `PLUGIN_${variable}`
      return lists.includes(name)
        ? `${variable}=$(printf %s "\${${setting}-}" | tr , '\\n')`
        : `${variable}=\${${setting}:-${otherwise}}`
    }),
    "REGISTRY_USER=${PLUGIN_USERNAME-}",
    "REGISTRY_PASSWORD=${PLUGIN_PASSWORD-}",
    script(),
  )
}

function woodpeckerImage(): string {
  return text(
    `# The image of the plugin. ${written}`,
    `FROM ${pinned.docker}-cli`,
    "RUN apk add --no-cache git nodejs npm",
    "COPY plugin.sh /plugin.sh",
    'ENTRYPOINT ["/plugin.sh"]',
  )
}
