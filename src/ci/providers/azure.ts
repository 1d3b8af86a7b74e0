import {
  commandsOf,
  hasTestResults,
  testResults,
  imageNames,
  mergeBase,
  releaseTags,
  signHint,
} from "../commands.js"
import { lastPatches, newestMinor } from "../../plan/go/version/go-releases.js"
import { besideServices, testCommands, testVariables, waitLines } from "../test-job.js"
import { placeholder, registryOf } from "../image-name.js"
import { comment, indent, scalar, text, variables, type Lines } from "../lines.js"
import { pinned, type Pipeline } from "../pipeline.js"
import { listed } from "./circleci.js"

/** https://learn.microsoft.com/azure/devops/pipelines/yaml-schema */
export function azurePipeline(pipeline: Pipeline): string {
  const { image = placeholder(pipeline), tests, tokens, branch } = pipeline
  const signing = { by: "key" } as const
  const commands = commandsOf(pipeline, registryOf(image), signing, {
    base: mergeBase(`origin/${branch}`),
    testResults: true,
  })
  const { IMAGE, CACHE } = imageNames(pipeline, image, "$(Build.SourceVersion)")
  const secrets = Object.fromEntries(
    tokens.map(({ variable }) => [variable, `$(${toVariable(variable)})`]),
  )
  const names = [
    "registryUser",
    "registryPassword",
    ...tokens.map((each) => toVariable(each.variable)),
  ]
  const cache: Record<string, string> = pipeline.tool === "docker" ? { CACHE } : {}
  return text(
    comment(
      `${listed(names)} are variables of the pipeline, ${tokens.length === 0 ? "the second one" : "all but the first one"} secret: such a variable is in a step's environment only where the step says so.`,
    ),
    "trigger:",
    "  branches:",
    `    include: [${scalar(branch)}]`,
    "  tags:",
    `    include: [${JSON.stringify(releaseTags)}]`,
    "# Of repositories on GitHub and Bitbucket. In Azure Repos, a build validation of the branch's policies starts it.",
    "pr:",
    `  - ${scalar(branch)}`,
    "pool:",
    `  vmImage: ${pinned.runner}`,
    tests && containers(pipeline),
    "steps:",
    indent(2, [
      "- checkout: self",
      '  fetchDepth: "0" # with tags, which the version comes from',
      '  fetchTags: "true"',
      tests && testSteps(pipeline, secrets),
      step(
        "check",
        "and(succeeded(), eq(variables['Build.Reason'], 'PullRequest'))",
        ["set -e", ...commands.install, ...commands.check],
        { ...cache, ...secrets },
      ),
      step(
        "image",
        `and(succeeded(), or(${isFrom("eq", `heads/${branch}`)}, ${isFrom("startsWith", "tags/v")}))`,
        [
          "set -e",
          'case "$BUILD_SOURCEBRANCH" in refs/tags/*) IMAGE=${IMAGE%:*}:${BUILD_SOURCEBRANCH#refs/tags/} ;; esac',
          ...commands.install,
          ...commands.publish,
          ...commands.hints,
          signHint(signing, ""),
          ...commands.sign.map((line) => `# ${line}`),
        ],
        {
          IMAGE,
          ...cache,
          REGISTRY_USER: "$(registryUser)",
          REGISTRY_PASSWORD: "$(registryPassword)",
          ...secrets,
        },
      ),
      hasTestResults(pipeline) && [
        "- task: PublishTestResults@2",
        "  condition: succeededOrFailed()",
        "  inputs:",
        `    testResultsFiles: ${testResults}/**/junit.xml`,
      ],
    ]),
  )
}

function isFrom(compare: "eq" | "startsWith", reference: string): string {
  return `${compare}(variables['Build.SourceBranch'], 'refs/${reference}')`
}

/** `modulesToken` for MODULES_TOKEN, as variables are named there. */
function toVariable(name: string): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}

function step(
  name: string,
  condition: string,
  script: Lines,
  environment: Record<string, string>,
): Lines {
  return [
    "- bash: |",
    indent(4, script),
    `  displayName: ${name}`,
    `  condition: ${condition}`,
    Object.keys(environment).length > 0 && ["  env:", indent(4, variables(environment))],
  ]
}

function containers({ tests }: Pipeline): Lines {
  const { services = [] } = tests ?? {}
  return [
    besideServices,
    "resources:",
    "  containers:",
    services.map(({ name, image, port, environment }) =>
      indent(4, [
        `- container: ${name}`,
        `  image: ${image}`,
        Object.keys(environment).length > 0 && ["  env:", indent(4, variables(environment))],
        `  ports: ["${port}:${port}"]`,
      ]),
    ),
    "services:",
    services.map(({ name }) => `  ${name}: ${name}`),
  ]
}

/** GoTool downloads the release of exactly this name: there is none called 1.25. */
function release(goVersion: string): string {
  const [, minor, patch] = goVersion.split(".")
  if (patch !== undefined || /[^\d.]/.test(goVersion)) return goVersion
  const known = minor === undefined ? newestMinor : Number(minor)
  return `1.${known}.${lastPatches.get(known) ?? 0}`
}

function testSteps(pipeline: Pipeline, secrets: Record<string, string>): Lines {
  const { services = [], goVersion = "" } = pipeline.tests ?? {}
  return [
    "- task: GoTool@0",
    "  inputs:",
    `    version: "${release(goVersion)}"`,
    "- bash: |",
    indent(4, ["set -e", ...waitLines(services, () => "localhost"), ...testCommands(pipeline)]),
    "  displayName: test",
    "  env:",
    indent(4, variables({ ...testVariables(pipeline, () => "localhost"), ...secrets })),
  ]
}
