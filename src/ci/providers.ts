import type { Pipeline } from "./pipeline.js"
import { azurePipeline } from "./providers/azure.js"
import { bitbucketPipeline } from "./providers/bitbucket.js"
import { buildkitePipeline } from "./providers/buildkite.js"
import { circleCiPipeline } from "./providers/circleci.js"
import { gitHubWorkflow } from "./providers/github.js"
import { gitLabPipeline } from "./providers/gitlab.js"
import { jenkinsfile } from "./providers/jenkins.js"
import { woodpeckerPipeline } from "./providers/woodpecker.js"

export interface CiProvider {
  title: string
  /** Where its file is in a repository. */
  file: string
  /** The file of one service among others, where the provider reads all of a folder. */
  beside?: (service: string) => string
  /** Files that are there where it is used. */
  used: RegExp
  /** Where repositories are that it comes with. */
  hosts?: RegExp
  write: (pipeline: Pipeline) => string
}

/** A new one is a row here, and a file in providers/. */
export const ciProviders = {
  github: {
    title: "GitHub Actions",
    file: ".github/workflows/image.yml",
    beside: (service: string) => `.github/workflows/image-${service}.yml`,
    used: /^\.github\/workflows\/[^/]+\.ya?ml$/,
    hosts: /^github\.com$/,
    write: gitHubWorkflow,
  },
  gitlab: {
    title: "GitLab CI",
    file: ".gitlab-ci.yml",
    used: /^\.gitlab-ci\.yml$/,
    hosts: /^gitlab\./,
    write: gitLabPipeline,
  },
  circleci: {
    title: "CircleCI",
    file: ".circleci/config.yml",
    used: /^\.circleci\/config\.ya?ml$/,
    write: circleCiPipeline,
  },
  jenkins: { title: "Jenkins", file: "Jenkinsfile", used: /^Jenkinsfile$/, write: jenkinsfile },
  buildkite: {
    title: "Buildkite",
    file: ".buildkite/pipeline.yml",
    used: /^\.?buildkite\/[^/]+\.ya?ml$/,
    write: buildkitePipeline,
  },
  azure: {
    title: "Azure Pipelines",
    file: "azure-pipelines.yml",
    used: /^(?:azure-pipelines\.ya?ml|\.azure(?:-pipelines|devops)\/.+\.ya?ml)$/,
    hosts: /^(?:dev\.azure\.com|.+\.visualstudio\.com)$/,
    write: azurePipeline,
  },
  woodpecker: {
    title: "Woodpecker",
    file: ".woodpecker.yaml",
    used: /^\.woodpecker(?:\.ya?ml|\/.+\.ya?ml)$/,
    hosts: /^codeberg\.org$/,
    write: woodpeckerPipeline,
  },
  bitbucket: {
    title: "Bitbucket Pipelines",
    file: "bitbucket-pipelines.yml",
    used: /^bitbucket-pipelines\.yml$/,
    hosts: /^bitbucket\.org$/,
    write: bitbucketPipeline,
  },
} as const satisfies Record<string, CiProvider>

export type CiProviderName = keyof typeof ciProviders

export const ciProviderNames = Object.keys(ciProviders) as CiProviderName[]

export interface FoundProvider {
  name: CiProviderName
  /** The file, or the address, that says so. */
  from: string
  /** Others that the repository uses, too. */
  others: CiProviderName[]
}

/** By the files of a repository, else by where it is; the one of its host first. */
export function findProvider(
  files: readonly string[],
  remote: string | undefined,
): FoundProvider | undefined {
  const host = remote !== undefined && URL.canParse(remote) ? new URL(remote).host : ""
  const all = ciProviderNames.map((name) => [name, ciProviders[name] as CiProvider] as const)
  const isHome = ({ hosts }: CiProvider) => hosts?.test(host) === true
  const used = all
    .flatMap(([name, provider]) => {
      const file = files.find((each) => provider.used.test(each))
      return file === undefined ? [] : [{ name, file, isHome: isHome(provider) }]
    })
    .sort((a, b) => Number(b.isHome) - Number(a.isHome))
  const [first, ...others] = used
  if (first) {
    return { name: first.name, from: first.file, others: others.map(({ name }) => name) }
  }
  const home = all.find(([, provider]) => isHome(provider))
  return home && { name: home[0], from: `its repository is at ${host}`, others: [] }
}
