import { parse } from "yaml"
import type { CiProviderName } from "../../src/ci/providers.js"
import { environmentBlockOf, scriptOf } from "./jenkinsfile.js"
import { startOfPullRequest } from "./stand-ins.js"

/** What one shell of a pipeline's job is given. */
export interface Job {
  script: string
  /** As the file has it, with the provider's expressions in it. */
  environment: Record<string, string>
}

/** Of a pull request, of the branch that images are pushed from, and of tests beside services. */
export type JobName = "check" | "image" | "test"

export interface Provider {
  name: CiProviderName
  /** How the provider starts the shell. */
  shell: string[]
  job: (file: string, name: JobName) => Job | Promise<Job>
  /** What the provider writes in place of its expressions. */
  expressions?: Record<string, string>
  /** What the provider, or who set up the project there, puts into the environment. */
  variables?: Record<string, string>
  /** What is different there for a tag; undefined where the file itself says what. */
  release?: Record<string, string>
  /** An action of the provider's installs the CLI, instead of the script. */
  installs?: (file: string) => string | undefined
  image: string
}

/** What a shell of each job has to find in its environment. */
export const credentials = { REGISTRY_USER: "robot", REGISTRY_PASSWORD: "not-a-real-secret-71c2" }

const commit = "4f2d0c1b9a8e7d6c5b4a39281706f5e4d3c2b1a0"
/** A tag that a release has. */
export const release = "v1.2.3"
const image = `registry.example.com/team/my-service:${commit}`

interface GitHubWorkflow {
  jobs: Record<string, { env?: Record<string, string>; steps: GitHubStep[] }>
}
export interface GitHubStep {
  uses?: string
  with?: Record<string, string>
  env?: Record<string, string>
  run?: string
}

export function gitHubJob(
  file: string,
  name: JobName = "image",
): { env?: Record<string, string>; steps: GitHubStep[] } {
  return (parse(file) as GitHubWorkflow).jobs[name]!
}

/** A secret of the repository, or of whatever the provider calls it. */
const token = "modules-token-4a19"

/** Of a release its tag, else the commit. */
export const gitHubTag = "${{ github.ref_type == 'tag' && github.ref_name || github.sha }}"

export const gitHubExpressions = {
  "${{ github.repository }}": "team/my-service",
  [gitHubTag]: commit,
  "${{ github.actor }}": credentials.REGISTRY_USER,
  "${{ secrets.GITHUB_TOKEN }}": credentials.REGISTRY_PASSWORD,
  "${{ secrets.MODULES_TOKEN }}": token,
}

interface GitLabJob {
  before_script?: string[]
  script: string[]
  variables?: Record<string, string>
}
interface WoodpeckerStep {
  commands: string[]
  environment?: Record<string, string | { from_secret: string }>
}
interface BitbucketStep {
  step: { name: string; script: string[] }
}

export const providers: Provider[] = [
  {
    name: "github",
    shell: ["bash", "-e"],
    job(file, name) {
      const { env = {}, steps } = gitHubJob(file, name)
      return { script: lines(steps.flatMap(({ run }) => run ?? [])), environment: env }
    },
    expressions: gitHubExpressions,
    installs(file) {
      const step = gitHubJob(file).steps.find(({ uses }) =>
        uses?.startsWith("dagger/dagger-for-github@"),
      )
      return step?.with?.version
    },
    image: `ghcr.io/team/my-service:${commit}`,
  },
  {
    name: "gitlab",
    shell: ["sh", "-e"],
    job(file, name) {
      const document = parse(file) as Record<string, GitLabJob> & {
        variables: Record<string, string>
      }
      const {
        before_script = [],
        script,
        variables,
      } = document[name === "image" ? "publish" : name]!
      return {
        script: lines([...before_script, ...script]),
        environment: { ...document.variables, ...variables },
      }
    },
    expressions: {
      $CI_REGISTRY_IMAGE: "registry.example.com/team/my-service",
      $CI_COMMIT_SHA: commit,
      $CI_REGISTRY_USER: credentials.REGISTRY_USER,
      $CI_REGISTRY_PASSWORD: credentials.REGISTRY_PASSWORD,
    },
    variables: {
      CI_REGISTRY: "registry.example.com",
      MODULES_TOKEN: token,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: startOfPullRequest,
    },
    image,
  },
  {
    name: "circleci",
    shell: ["bash", "-eo", "pipefail"],
    job(file, name) {
      const { jobs } = parse(file) as {
        jobs: Record<
          string,
          {
            docker?: { environment?: Record<string, string> }[]
            steps: (string | { run?: string })[]
          }
        >
      }
      const { docker, steps } = jobs[name]!
      const runs = steps.flatMap((step) => (typeof step === "string" ? [] : (step.run ?? [])))
      return { script: lines(runs), environment: docker?.[0]?.environment ?? {} }
    },
    variables: { ...credentials, MODULES_TOKEN: token, CIRCLE_SHA1: commit },
    release: { CIRCLE_TAG: release },
    image,
  },
  {
    name: "jenkins",
    shell: ["sh", "-xe"],
    job: async (file, name) => ({
      script: await scriptOf(file, { check: "Check", image: "Image", test: "Test" }[name]),
      environment: await environmentBlockOf(file),
    }),
    expressions: {
      "credentials('registry-user')": credentials.REGISTRY_USER,
      "credentials('registry-password')": credentials.REGISTRY_PASSWORD,
      "credentials('modules-token')": token,
    },
    variables: { GIT_COMMIT: commit, CHANGE_TARGET: "main" },
    release: { TAG_NAME: release },
    image,
  },
  {
    name: "buildkite",
    shell: ["bash", "-e"],
    job(file, name) {
      const { steps } = parse(file) as { steps: ({ label: string; command: string[] } | "wait")[] }
      const step = steps.find((each) => each !== "wait" && each.label === name)
      const { command } = step as { command: string[] }
      return { script: interpolate(lines(command)), environment: {} }
    },
    variables: { ...credentials, MODULES_TOKEN: token, BUILDKITE_COMMIT: commit },
    release: { BUILDKITE_TAG: release },
    image,
  },
  {
    name: "azure",
    shell: ["bash"],
    job(file, name) {
      const { steps } = parse(file) as {
        steps: { bash?: string; displayName: string; env?: Record<string, string> }[]
      }
      const { bash = "", env = {} } = steps.find(({ displayName }) => displayName === name)!
      return { script: bash, environment: env }
    },
    expressions: {
      "$(Build.SourceVersion)": commit,
      "$(registryUser)": credentials.REGISTRY_USER,
      "$(registryPassword)": credentials.REGISTRY_PASSWORD,
      "$(modulesToken)": token,
    },
    variables: { BUILD_SOURCEBRANCH: "refs/heads/main" },
    release: { BUILD_SOURCEBRANCH: `refs/tags/${release}` },
    image,
  },
  {
    name: "woodpecker",
    shell: ["sh", "-e"],
    job(file, name) {
      const { steps } = parse(file) as { steps: Record<JobName, WoodpeckerStep> }
      const { commands, environment = {} } = steps[name]
      const given = Object.entries(environment).map(([key, value]) => [
        key,
        typeof value === "string" ? value : `from_secret ${value.from_secret}`,
      ])
      return {
        script: lines(commands),
        environment: Object.fromEntries(given) as Record<string, string>,
      }
    },
    expressions: {
      "from_secret registry_user": credentials.REGISTRY_USER,
      "from_secret registry_password": credentials.REGISTRY_PASSWORD,
      "from_secret modules_token": token,
    },
    variables: { CI_COMMIT_SHA: commit, CI_COMMIT_TARGET_BRANCH: "main" },
    release: { CI_COMMIT_TAG: release },
    image,
  },
  {
    name: "bitbucket",
    shell: ["bash", "-e"],
    job(file, name) {
      const { pipelines } = parse(file) as {
        pipelines: Record<string, Record<string, BitbucketStep[]>>
      }
      const all = Object.values(pipelines).flatMap((each) => Object.values(each).flat())
      const { step } = all.find((each) => each.step.name === name)!
      return { script: lines(step.script), environment: {} }
    },
    variables: {
      ...credentials,
      MODULES_TOKEN: token,
      BITBUCKET_COMMIT: commit,
      BITBUCKET_PR_DESTINATION_COMMIT: "4f2d0c",
    },
    release: { BITBUCKET_TAG: release },
    image,
  },
]

/** What the tests' job of a provider has for the private modules' host. */
export const modulesToken = token

function lines(commands: string[]): string {
  return commands.map((command) => `${command.trimEnd()}\n`).join("")
}

/** `buildkite-agent pipeline upload`: a variable is replaced there, `$$` is a dollar sign for the shell. */
function interpolate(text: string): string {
  return text.replaceAll(/\$\$|\$\{?\w+\}?/g, (found) => (found === "$$" ? "$" : ""))
}

/** The environment with the provider's expressions replaced; one that the provider would not know stays. */
export function environmentOf({ environment }: Job, { expressions = {}, variables }: Provider) {
  const written = Object.entries(environment).map(([name, value]) => [
    name,
    Object.entries(expressions).reduce((text, [from, to]) => text.replaceAll(from, to), value),
  ])
  return { ...variables, ...(Object.fromEntries(written) as Record<string, string>) }
}
