import {
  checkOptions,
  hintsOf,
  imageNames,
  ownAction,
  signHint,
  targetsOf,
  tokenOptions,
} from "../commands.js"
import { indent, scalar, type Lines } from "../lines.js"
import { pinned, type Pipeline } from "../pipeline.js"
import {
  checkout,
  environment,
  imageOf,
  isGitHubs,
  job,
  login,
  registryName,
  secrets,
  tag,
} from "./github-jobs.js"

const { actions } = pinned

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
export function actionJobs(pipeline: Pipeline): Lines {
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
  const imageName = IMAGE.replace(`:${tag}`, "")
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
        hintsOf(pipeline, `"tags: |", and on a second line ${imageName}:main`),
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
