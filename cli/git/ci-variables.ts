import type { GitState } from "../../src/git-state.js"
import { publicRemote } from "../../src/detect/git/remote-url.js"

type Variables = Readonly<Record<string, string | undefined>>

/** Which of a CI provider's variables say what: of a list, the first one that is set. */
interface Provider {
  /** Set by it alone. */
  known: string
  commit: string[]
  tag?: string[]
  /** RFC 3339. */
  time?: string
  /** An address, or parts of one. */
  remote: (string | { of: string[] })[]
  /** What a reference starts with, where a variable has one instead of a tag. */
  reference?: string
}

/*
 * https://docs.github.com/actions/reference/variables-reference, https://docs.gitlab.com/ci/variables/predefined_variables/,
 * https://circleci.com/docs/reference/variables/, https://buildkite.com/docs/pipelines/configure/environment-variables,
 * https://learn.microsoft.com/azure/devops/pipelines/build/variables, https://plugins.jenkins.io/git/#plugin-content-environment-variables,
 * https://woodpecker-ci.org/docs/usage/environment
 */
const providers: Provider[] = [
  {
    known: "GITHUB_ACTIONS",
    commit: ["GITHUB_SHA"],
    reference: "GITHUB_REF",
    remote: [{ of: ["GITHUB_SERVER_URL", "GITHUB_REPOSITORY"] }],
  },
  {
    known: "GITLAB_CI",
    commit: ["CI_COMMIT_SHA"],
    tag: ["CI_COMMIT_TAG"],
    time: "CI_COMMIT_TIMESTAMP",
    remote: ["CI_PROJECT_URL"],
  },
  {
    known: "CIRCLECI",
    commit: ["CIRCLE_SHA1"],
    tag: ["CIRCLE_TAG"],
    remote: ["CIRCLE_REPOSITORY_URL"],
  },
  {
    known: "BUILDKITE",
    commit: ["BUILDKITE_COMMIT"],
    tag: ["BUILDKITE_TAG"],
    remote: ["BUILDKITE_REPO"],
  },
  {
    known: "TF_BUILD",
    commit: ["BUILD_SOURCEVERSION"],
    reference: "BUILD_SOURCEBRANCH",
    remote: ["BUILD_REPOSITORY_URI"],
  },
  { known: "JENKINS_URL", commit: ["GIT_COMMIT"], tag: ["TAG_NAME"], remote: ["GIT_URL"] },
  {
    known: "CI_SYSTEM_NAME",
    commit: ["CI_COMMIT_SHA"],
    tag: ["CI_COMMIT_TAG"],
    remote: ["CI_REPO_URL", "CI_REPO_CLONE_URL"],
  },
]

/** The commit that a CI job is about, by its provider's variables: for a checkout without Git. */
export function readCiVariables(variables: Variables): GitState | undefined {
  const provider = providers.find(({ known }) => variables[known])
  if (!provider) return undefined
  const name = provider.commit.find((each) => isHash(variables[each]))
  const revision = name === undefined ? undefined : variables[name]
  if (name === undefined || revision === undefined) return undefined
  const tag = tagOf(provider, variables)
  const time = provider.time === undefined ? undefined : toUtc(variables[provider.time])
  const remote = remoteOf(provider, variables)
  return {
    revision,
    ...(time !== undefined && { time }),
    tags: tag === undefined ? [] : [tag],
    ...(remote !== undefined && { remote }),
    from: `environment variable ${name}`,
  }
}

function isHash(text: string | undefined): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text ?? "")
}

function tagOf({ tag = [], reference }: Provider, variables: Variables): string | undefined {
  const named = tag.map((each) => variables[each]).find(Boolean)
  const start = "refs/tags/"
  const full = reference === undefined ? undefined : variables[reference]
  return named ?? (full?.startsWith(start) ? full.slice(start.length) : undefined)
}

function remoteOf({ remote }: Provider, variables: Variables): string | undefined {
  for (const each of remote) {
    const parts = (typeof each === "string" ? [each] : each.of).map((name) => variables[name])
    if (parts.every(Boolean)) return publicRemote(new Map([["origin", parts.join("/")]]))
  }
  return undefined
}

/** Undefined of what is no time. */
export function toUtc(text: string | undefined): string | undefined {
  const milliseconds = Date.parse(text ?? "")
  if (Number.isNaN(milliseconds)) return undefined
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z")
}
