import {
  besideServices,
  checkOptions,
  commandsOf,
  imageNames,
  ownAction,
  ownerHint,
  releaseTags,
  signHint,
  targetsOf,
  testCommands,
  testVariables,
  tokenOptions,
} from "../commands.js"
import { ownName, registryOf } from "../image-name.js"
import { flat, indent, scalar, text, variables, type Lines } from "../lines.js"
import { daggerVersion, pinned, type Pipeline } from "../pipeline.js"

const { actions, runner } = pinned

/** https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax */
export function gitHubWorkflow(pipeline: Pipeline): string {
  const jobs = [
    ...(pipeline.tests ? [testJob(pipeline)] : []),
    ...(pipeline.tool === "dagger" ? daggerJobs(pipeline) : actionJobs(pipeline)),
  ]
  return text(
    pipeline.tool === "docker" && ownerHint,
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

const registry = "ghcr.io"
const tag = "${{ github.ref_type == 'tag' && github.ref_name || github.sha }}"

function imageOf(pipeline: Pipeline): string {
  return pipeline.image ?? `${registry}/\${{ github.repository }}${ownName(pipeline)}`
}

function registryName({ image }: Pipeline): string {
  return image === undefined ? registry : registryOf(image)
}

function isGitHubs(pipeline: Pipeline): boolean {
  return imageOf(pipeline).startsWith(`${registry}/`)
}

/** Of a registry that is not GitHub's, these are secrets of the repository. */
function login(pipeline: Pipeline) {
  return isGitHubs(pipeline)
    ? { user: "${{ github.actor }}", password: "${{ secrets.GITHUB_TOKEN }}" }
    : { user: "${{ secrets.REGISTRY_USER }}", password: "${{ secrets.REGISTRY_PASSWORD }}" }
}

function job(
  name: string,
  pipeline: Pipeline,
  event: "push" | "pull_request",
  lines: Lines,
): Lines {
  const isPush = event === "push"
  const when = isPush
    ? `github.event_name == 'push' || (github.event_name == 'workflow_dispatch' && (github.ref == 'refs/heads/${pipeline.branch}' || startsWith(github.ref, 'refs/tags/v')))`
    : "github.event_name == 'pull_request' || github.event_name == 'merge_group'"
  // Without Dagger, a pull request reads the cache.
  const packages = !isGitHubs(pipeline) ? undefined : isPush ? "write" : "read"
  return [
    `${name}:`,
    indent(2, [
      isPush && pipeline.tests && "needs: test",
      `if: ${when}`,
      `runs-on: ${runner}`,
      timeout,
      (isPush || pipeline.tool === "docker") && [
        "permissions:",
        "  contents: read",
        packages && `  packages: ${packages}`,
        isPush && "  # id-token: write # to sign",
      ],
      ...lines,
    ]),
  ]
}

/** GitHub's own is six hours. */
const timeout = "timeout-minutes: 30"

const checkout = [
  `- uses: ${actions.checkout}`,
  "  with:",
  "    fetch-depth: 0 # with tags, which the version comes from",
  "    persist-credentials: false",
]

function secrets({ tokens }: Pipeline): Record<string, string> {
  return Object.fromEntries(tokens.map(({ variable }) => [variable, `\${{ secrets.${variable} }}`]))
}

function environment(given: Record<string, string>): Lines {
  return Object.keys(given).length > 0 ? ["env:", ...indent(2, variables(given))] : []
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
        signHint({ by: "token" }, ""),
        `# - uses: ${actions.cosign}`,
        commands.sign.map((line) => `# - run: ${line}`),
      ]),
    ]),
  ]
}

/** One on a line. */
function targetInput(pipeline: Pipeline): Lines {
  const [first, ...others] = targetsOf(pipeline)
  if (first === undefined) return []
  if (others.length === 0) return [`target: ${scalar(first)}`]
  return ["target: |", indent(2, [first, ...others])]
}

/** What is checked out of a pull request is its merge with the branch that it is for; a merge queue may have several. */
function affectedInput({ targets }: Pipeline): Lines {
  const base = "${{ github.event.merge_group.base_sha || 'HEAD^1' }}"
  return targets.length > 0 ? ["target: all", `affected-since: ${base}`] : []
}

/** Values of an action are no scripts: what is in them is never read by a shell. */
function actionJobs(pipeline: Pipeline): Lines {
  const { user, password } = login(pipeline)
  const { IMAGE, CACHE } = imageNames(pipeline, imageOf(pipeline), tag)
  const start = [
    ...checkout,
    `- uses: ${actions.login}`,
    "  with:",
    `    registry: ${registryName(pipeline)}`,
    `    username: ${user}`,
    `    password: ${password}`,
  ]
  const checks = checkOptions(pipeline).map((each) => each.replace("--check=", ""))
  const options = tokenOptions(pipeline)
  const build = (lines: Lines) => [
    `- uses: ${ownAction}`,
    indent(2, [
      environment(secrets(pipeline)),
      "with:",
      indent(2, [
        pipeline.folder !== "." && `source: ${scalar(pipeline.folder)}`,
        checks.length > 0 && `checks: ${checks.join(" ")}`,
        ...lines,
        options.length > 0 && ["options: |", indent(2, options)],
      ]),
    ]),
  ]
  const pushed = [
    targetInput(pipeline),
    `tags: ${scalar(IMAGE)}`,
    "push: true",
    "# A new runner takes from there what has not changed, and compiles the rest.",
    `cache: ${scalar(CACHE)}`,
  ]
  const isOwn = isGitHubs(pipeline)
  return [
    job("check", pipeline, "pull_request", [
      "steps:",
      indent(2, [
        // A pull request of a fork has no secrets, and needs none to build.
        ...(isOwn ? start : checkout),
        ...build([
          pipeline.isPart ? targetInput(pipeline) : affectedInput(pipeline),
          isOwn && `cache: ${scalar(CACHE)}`,
        ]),
      ]),
    ]),
    job("image", pipeline, "push", [
      "steps:",
      indent(2, [
        ...start,
        ...build(pushed),
        signHint({ by: "token" }, "").replace(/:$/, ", with `id: image` at the step above:"),
        `# - uses: ${actions.cosign}`,
        ...signAction(pipeline),
      ]),
    ]),
  ]
}

/** Of several targets, all names are on a line each, which are words to a shell. */
function signAction({ targets }: Pipeline): Lines {
  return targets.length > 0
    ? [
        "# - run: cosign sign --yes $IMAGES",
        '#   env: { IMAGES: "${{ steps.image.outputs.images }}" }',
      ]
    : [
        '# - run: cosign sign --yes "$IMAGE"',
        '#   env: { IMAGE: "${{ steps.image.outputs.image }}" }',
      ]
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
        ...checkout,
        `- uses: ${actions.setupGo}`,
        "  with:",
        `    go-version: "${goVersion}"`,
        "- run: |",
        indent(4, flat(testCommands(pipeline))),
      ]),
    ]),
  ]
}
