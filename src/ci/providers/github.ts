import { commandsOf, imageNames, ownerHint, pinHint, releaseTags, signHint } from "../commands.js"
import { flat, indent, scalar, text, type Lines } from "../lines.js"
import { daggerVersion, pinned, type Pipeline } from "../pipeline.js"
import { besideServices, testCommands, testVariables } from "../test-job.js"
import { actionJobs } from "./github-action.js"
import {
  checkout,
  environment,
  imageOf,
  job,
  login,
  registry,
  secrets,
  tag,
  timeout,
} from "./github-jobs.js"

const { actions, runner } = pinned

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export function gitHubWorkflow(pipeline: Pipeline): string {
  const jobs = [
    ...(pipeline.tests ? [testJob(pipeline)] : []),
    ...(pipeline.tool === "dagger" ? daggerJobs(pipeline) : actionJobs(pipeline)),
  ]
  return text(
    pipeline.tool === "docker" && [ownerHint, ...pinHint],
    `name: ${["image", ...(pipeline.service === undefined ? [] : [pipeline.service])].join("-")}`,
    "on:",
    indent(2, [
      "push:",
      `  branches: [${scalar(pipeline.branch)}]`,
      `  tags: [${JSON.stringify(releaseTags)}]`,
      "pull_request:",
      "merge_group:",
      "workflow_dispatch:",
    ]),
    "permissions:",
    "  contents: read",
    "# A newer push to a pull request ends its run. Each tag has a group of its own: of one group, GitHub lets one run wait, and",
    "# cancels it for the next.",
    "concurrency:",
    "  group: ${{ github.workflow }}-${{ github.ref }}",
    "  cancel-in-progress: ${{ github.event_name == 'pull_request' }}",
    "jobs:",
    indent(2, jobs),
  )
}

function daggerJobs(pipeline: Pipeline): Lines {
  const commands = commandsOf(pipeline, registry, { by: "token" }, { base: "HEAD^1" })
  const { user, password } = login(pipeline)
  const { IMAGE } = imageNames(pipeline, imageOf(pipeline), tag)
  const start = [
    ...checkout,
    `- uses: ${actions.dagger}`,
    "  with:",
    `    version: ${daggerVersion(pipeline)}`,
  ]
  return [
    job("check", pipeline, "pull_request", [
      environment(secrets(pipeline)),
      "steps:",
      indent(2, [...start, commands.check.map((line) => `- run: ${line}`)]),
    ]),
    job("image", pipeline, "push", [
      environment({
        IMAGE,
        REGISTRY_USER: user,
        REGISTRY_PASSWORD: password,
        ...secrets(pipeline),
      }),
      "steps:",
      indent(2, [
        ...start,
        commands.publish.map((line) => `- run: ${line}`),
        commands.hints,
        signHint({ by: "token" }, ""),
        `# - uses: ${actions.cosign}`,
        commands.sign.map((line) => `# - run: ${line}`),
      ]),
    ]),
  ]
}

/** Without it, setup-go looks for go.sum at the root, and warns where there is none. */
function cacheBy(sums: readonly string[]): string[] {
  const [first, ...others] = sums
  if (first === undefined) return ["    cache: false # no module has a go.sum"]
  if (others.length > 0) return ['    cache-dependency-path: "**/go.sum"']
  return first === "go.sum" ? [] : [`    cache-dependency-path: ${scalar(first)}`]
}

function testJob(pipeline: Pipeline): Lines {
  const { services = [], goVersion = "" } = pipeline.tests ?? {}
  return [
    besideServices,
    "test:",
    indent(2, [
      `runs-on: ${runner}`,
      timeout,
      "services:",
      services.flatMap(({ name, image, port, environment: given, ready }) =>
        indent(2, [
          `${name}:`,
          indent(2, [
            `image: ${image}`,
            environment({ ...given }),
            `ports: ["${port}:${port}"]`,
            "options: >-",
            indent(2, [
              `--health-cmd "${ready}" --health-interval 2s --health-timeout 5s --health-retries 30`,
            ]),
          ]),
        ]),
      ),
      environment({ ...testVariables(pipeline, () => "localhost"), ...secrets(pipeline) }),
      "steps:",
      indent(2, [
        `- uses: ${actions.checkout}`,
        "  with:",
        "    persist-credentials: false",
        `- uses: ${actions.setupGo}`,
        "  with:",
        `    go-version: "${goVersion}"`,
        ...cacheBy(pipeline.tests?.sums ?? []),
        "- run: |",
        indent(4, flat(testCommands(pipeline))),
      ]),
    ]),
  ]
}
