import { parse } from "yaml"

import { environmentBlockOf, scriptOf } from "./jenkinsfile.js"

/** What one shell of a pipeline's job is given. */
export interface Job {
  script: string
  /** As the file has it, with the provider's expressions in it. */
  environment: Record<string, string>
}

export interface Provider {
  name: string
  /** Below examples/ci, where it is in a repository too. */
  file: string
  /** How the provider starts the shell. */
  shell: string[]
  job: (file: string) => Job | Promise<Job>
  /** What the provider writes in place of its expressions. */
  expressions?: Record<string, string>
  /** What the provider, or who set up the project there, puts into the environment. */
  variables?: Record<string, string>
  /** An action of the provider's installs the CLI, instead of the script. */
  installs?: (file: string) => string | undefined
  image: string
}

/** What a shell of each job has to find in its environment. */
export const credentials = { REGISTRY_USER: "robot", REGISTRY_PASSWORD: "not-a-real-secret-71c2" }

const commit = "4f2d0c1b9a8e7d6c5b4a39281706f5e4d3c2b1a0"
const image = `registry.example.com/team/my-service:${commit}`

interface GitHubWorkflow {
  jobs: Record<string, { env: Record<string, string>; steps: GitHubStep[] }>
}
interface GitHubStep {
  uses?: string
  with?: Record<string, string>
  run?: string
}

export function gitHubJob(file: string): { env: Record<string, string>; steps: GitHubStep[] } {
  return (parse(file) as GitHubWorkflow).jobs.image!
}

export const gitHubExpressions = {
  "${{ github.repository }}": "team/my-service",
  "${{ github.sha }}": commit,
  "${{ github.actor }}": credentials.REGISTRY_USER,
  "${{ secrets.GITHUB_TOKEN }}": credentials.REGISTRY_PASSWORD,
}

export const providers: Provider[] = [
  {
    name: "GitHub Actions",
    file: ".github/workflows/image.yml",
    shell: ["bash", "-e"],
    job(file) {
      const { env, steps } = gitHubJob(file)
      return { script: lines(steps.flatMap(({ run }) => run ?? [])), environment: env }
    },
    expressions: gitHubExpressions,
    installs(file) {
      const step = gitHubJob(file).steps.find(({ uses }) =>
        uses?.startsWith("dagger/dagger-for-github@v"),
      )
      return step?.with?.version
    },
    image: `ghcr.io/team/my-service:${commit}`,
  },
  {
    name: "GitLab CI",
    file: ".gitlab-ci.yml",
    shell: ["sh", "-e"],
    job(file) {
      const { variables, "image-of-main": job } = parse(file) as {
        variables: Record<string, string>
        "image-of-main": { before_script: string[]; script: string[] }
      }
      return { script: lines([...job.before_script, ...job.script]), environment: variables }
    },
    expressions: {
      $CI_REGISTRY_IMAGE: "registry.example.com/team/my-service",
      $CI_COMMIT_SHA: commit,
      $CI_REGISTRY_USER: credentials.REGISTRY_USER,
      $CI_REGISTRY_PASSWORD: credentials.REGISTRY_PASSWORD,
    },
    image,
  },
  {
    name: "CircleCI",
    file: ".circleci/config.yml",
    shell: ["bash", "-eo", "pipefail"],
    job(file) {
      const { jobs } = parse(file) as {
        jobs: { image: { steps: (string | { run: string })[] } }
      }
      const runs = jobs.image.steps.flatMap((step) => (typeof step === "string" ? [] : step.run))
      return { script: lines(runs), environment: {} }
    },
    variables: { ...credentials, CIRCLE_SHA1: commit },
    image,
  },
  {
    name: "Jenkins",
    file: "Jenkinsfile",
    shell: ["sh", "-xe"],
    job: async (file) => ({
      script: await scriptOf(file),
      environment: await environmentBlockOf(file),
    }),
    expressions: {
      "credentials('registry-user')": credentials.REGISTRY_USER,
      "credentials('registry-password')": credentials.REGISTRY_PASSWORD,
    },
    variables: { GIT_COMMIT: commit },
    image,
  },
  {
    name: "Buildkite",
    file: ".buildkite/pipeline.yml",
    shell: ["bash", "-e"],
    job(file) {
      const { steps } = parse(file) as { steps: { command: string[] }[] }
      return { script: interpolate(lines(steps[0]!.command)), environment: {} }
    },
    variables: { ...credentials, BUILDKITE_COMMIT: commit },
    image,
  },
  {
    name: "Azure Pipelines",
    file: "azure-pipelines.yml",
    shell: ["bash"],
    job(file) {
      const { steps } = parse(file) as { steps: { bash: string; env: Record<string, string> }[] }
      return { script: steps[0]!.bash, environment: steps[0]!.env }
    },
    expressions: {
      "$(Build.SourceVersion)": commit,
      "$(registryUser)": credentials.REGISTRY_USER,
      "$(registryPassword)": credentials.REGISTRY_PASSWORD,
    },
    image,
  },
  {
    name: "Woodpecker",
    file: ".woodpecker.yaml",
    shell: ["sh", "-e"],
    job(file) {
      const { steps } = parse(file) as {
        steps: {
          image: { commands: string[]; environment: Record<string, { from_secret: string }> }
        }
      }
      const { commands, environment } = steps.image
      const secrets = Object.entries(environment).map(([name, { from_secret }]) => [
        name,
        `from_secret ${from_secret}`,
      ])
      return {
        script: lines(commands),
        environment: Object.fromEntries(secrets) as Record<string, string>,
      }
    },
    expressions: {
      "from_secret registry_user": credentials.REGISTRY_USER,
      "from_secret registry_password": credentials.REGISTRY_PASSWORD,
    },
    variables: { CI_COMMIT_SHA: commit },
    image,
  },
]

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
