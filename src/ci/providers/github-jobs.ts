import { ownName, registryOf } from "../image-name.js"
import { indent, variables, type Lines } from "../lines.js"
import { pinned, type Pipeline } from "../pipeline.js"

const { actions, runner } = pinned

export const registry = "ghcr.io"
export const tag = "${{ github.ref_type == 'tag' && github.ref_name || github.sha }}"

export function imageOf(pipeline: Pipeline): string {
  return pipeline.image ?? `${registry}/\${{ github.repository }}${ownName(pipeline)}`
}

export function registryName({ image }: Pipeline): string {
  return image === undefined ? registry : registryOf(image)
}

export function isGitHubs(pipeline: Pipeline): boolean {
  return imageOf(pipeline).startsWith(`${registry}/`)
}

/** Of a registry that is not GitHub's, these are secrets of the repository. */
export function login(pipeline: Pipeline) {
  return isGitHubs(pipeline)
    ? { user: "${{ github.actor }}", password: "${{ secrets.GITHUB_TOKEN }}" }
    : { user: "${{ secrets.REGISTRY_USER }}", password: "${{ secrets.REGISTRY_PASSWORD }}" }
}

export function job(
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
export const timeout = "timeout-minutes: 30"

export const checkout = [
  `- uses: ${actions.checkout}`,
  "  with:",
  "    fetch-depth: 0 # with tags, which the version comes from",
  "    persist-credentials: false",
]

export function secrets({ tokens }: Pipeline): Record<string, string> {
  return Object.fromEntries(tokens.map(({ variable }) => [variable, `\${{ secrets.${variable} }}`]))
}

export function environment(given: Record<string, string>): Lines {
  return Object.keys(given).length > 0 ? ["env:", ...indent(2, variables(given))] : []
}
