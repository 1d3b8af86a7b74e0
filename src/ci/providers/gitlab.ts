import {
  commandsOf,
  hasTestResults,
  testResults,
  imageNames,
  signHint,
  type Commands,
} from "../commands.js"
import { besideServices, testCommands, testVariables } from "../test-job.js"
import { comment, indent, items, scalar, text, variables, type Lines } from "../lines.js"
import { registryOf } from "../image-name.js"
import { pinned, type Pipeline } from "../pipeline.js"

/** https://docs.gitlab.com/ci/yaml/ */
export function gitLabPipeline(pipeline: Pipeline): string {
  const { image = "$CI_REGISTRY_IMAGE", tests } = pipeline
  const isGitLabs = image === "$CI_REGISTRY_IMAGE"
  const signing = { by: "token", install: "apk add cosign" } as const
  const registry = isGitLabs ? `"$CI_REGISTRY"` : registryOf(image)
  const commands = commandsOf(pipeline, registry, signing, {
    base: `"$CI_MERGE_REQUEST_DIFF_BASE_SHA"`,
    testResults: true,
  })
  const names = imageNames(pipeline, image, "$CI_COMMIT_SHA")
  const ofTag = imageNames(pipeline, image, "$CI_COMMIT_TAG")
  return text(
    isGitLabs
      ? "# The variables that start with CI are GitLab's own: its registry needs no set-up."
      : "# REGISTRY_USER and REGISTRY_PASSWORD are masked variables of the project (Settings > CI/CD).",
    pipeline.tokens.some(({ variable }) => variable !== jobToken) &&
      comment(
        `${tokenNames(pipeline)}: masked variables${isGitLabs ? " of the project" : ", too"}.`,
      ),
    comment(
      'Runners are privileged and have /certs/client among their volumes, as those of gitlab.com: the service "docker" is an engine in the job.',
    ),
    "image:",
    `  name: ${pinned.docker}-cli`,
    '  entrypoint: [""]',
    "variables:",
    indent(2, [
      'GIT_DEPTH: "0" # with tags, which the version comes from',
      "DOCKER_HOST: tcp://docker:2376",
      'DOCKER_TLS_VERIFY: "1"',
      "DOCKER_TLS_CERTDIR: /certs",
      "DOCKER_CERT_PATH: /certs/client",
      `IMAGE: ${scalar(names.IMAGE)}`,
      pipeline.tool === "docker" && `CACHE: ${scalar(names.CACHE)}`,
      isGitLabs && ["REGISTRY_USER: $CI_REGISTRY_USER", "REGISTRY_PASSWORD: $CI_REGISTRY_PASSWORD"],
    ]),
    tests && testJob(pipeline),
    "check:",
    indent(2, [
      "rules:",
      ofMergeRequests,
      timeout,
      "interruptible: true",
      docker,
      prepare(pipeline, commands),
      commands.login.length > 0 && [
        "  # A private cache and private bases. A fork need not have the credentials, nor has it protected variables.",
        commands.login.map((line) => `  - ${line}`),
      ],
      "script:",
      indent(2, items(commands.check)),
      results(pipeline),
    ]),
    // A job cannot be called `image`, which is a keyword of GitLab's.
    "publish:",
    indent(2, [
      tests && "needs: [test]",
      "rules:",
      "  - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
      ofReleases,
      indent(4, ["variables:", `  IMAGE: ${scalar(ofTag.IMAGE)}`]),
      timeout,
      docker,
      prepare(pipeline, commands),
      "# id_tokens: { SIGSTORE_ID_TOKEN: { aud: sigstore } } # to sign",
      "script:",
      indent(2, [
        commands.publish.map((line) => `- ${line}`),
        commands.hints,
        signHint(signing, ""),
        commands.sign.map((line) => `# - ${line}`),
      ]),
      results(pipeline),
    ]),
  )
}

/** A job's own token reads the modules of other projects that allow it. */
export const jobToken = "CI_JOB_TOKEN"

function tokenNames({ tokens }: Pipeline): string {
  return tokens
    .map(({ variable }) => variable)
    .filter((each) => each !== jobToken)
    .join(", ")
}

/** Also of the branch: a merge request's are compared with it. */
function results(pipeline: Pipeline): Lines {
  return hasTestResults(pipeline)
    ? ["artifacts:", "  when: always", "  reports:", `    junit: ${testResults}/**/junit.xml`]
    : []
}

const ofMergeRequests = "  - if: $CI_PIPELINE_SOURCE == 'merge_request_event'"

const ofReleases = "  - if: $CI_COMMIT_TAG =~ /^v/"

const timeout = "timeout: 30 minutes"

const docker = ["services:", `  - name: ${pinned.docker}-dind`, "    alias: docker"]

function prepare({ tool }: Pipeline, { install }: Commands): Lines {
  const packages = tool === "dagger" ? "curl" : "git nodejs npm"
  return ["before_script:", `  - apk add ${packages}`, install.map((line) => `  - ${line}`)]
}

function testJob(pipeline: Pipeline): Lines {
  const { services = [], goVersion = "" } = pipeline.tests ?? {}
  const given = Object.assign({}, ...services.map((each) => each.environment)) as Record<
    string,
    string
  >
  return [
    besideServices,
    "test:",
    indent(2, [
      "rules:",
      ofMergeRequests,
      "  - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
      ofReleases,
      timeout,
      // Else a merge request's pipeline goes on as soon as this job has started.
      "interruptible: true",
      `image: golang:${goVersion}`,
      "services:",
      services.map(({ name, image }) => [`  - name: ${image}`, `    alias: ${name}`]),
      "variables:",
      indent(2, variables({ ...given, ...testVariables(pipeline, ({ name }) => name) })),
      "script:",
      testCommands(pipeline).map((line) => `  - ${scalar(line)}`),
    ]),
  ]
}
