import type { Request } from "../request.js"

/** Who builds, as far as the machine says it: https://slsa.dev/spec/v1.0/provenance#builder.id */
export function findBuilderId(
  { builderId }: Pick<Request, "builderId">,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { GITHUB_ACTIONS, GITHUB_SERVER_URL, GITHUB_WORKFLOW_REF } = environment
  const isGithub = GITHUB_ACTIONS === "true" && GITHUB_SERVER_URL && GITHUB_WORKFLOW_REF
  return builderId ?? (isGithub ? `${GITHUB_SERVER_URL}/${GITHUB_WORKFLOW_REF}` : undefined)
}
