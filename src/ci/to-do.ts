import { homepage, version } from "../version.js"
import { ownerHint } from "./commands.js"
import { placeholder, placeholderRegistry } from "./image-name.js"
import type { Pipeline } from "./pipeline.js"
import type { CiProviderName } from "./providers.js"
import { jobToken } from "./providers/gitlab.js"

/** What the file alone does not bring about. */
export function toDo(pipeline: Pipeline, provider: CiProviderName): string[] {
  const { tool, tokens } = pipeline
  const image = pipeline.image ?? (hasRegistry(provider) ? undefined : placeholder(pipeline))
  const isPlaceholder = image?.startsWith(`${placeholderRegistry}/`) === true
  const needsLogin = !hasRegistry(provider) || image?.startsWith("ghcr.io/") === false
  const secrets = [
    ...(needsLogin ? ["REGISTRY_USER", "REGISTRY_PASSWORD"] : []),
    ...tokens.map(({ variable }) => variable).filter((each) => each !== jobToken),
  ]
  return [
    ...(tool === "docker" && provider === "github" && ownerHint !== undefined
      ? ["to do: replace OWNER with the account on GitHub that has go-image"]
      : []),
    ...(isPlaceholder ? [`to do: replace ${image} with an image of yours (--image)`] : []),
    ...(secrets.length > 0 ? [`to do: set up the secrets ${secrets.join(", ")}`] : []),
    ...(tool === "dagger"
      ? [
          `to do, where it is not yet: dagger ${pipeline.isWorkspace ? "install" : "toolchain install"} ${homepage.replace("https://", "")}@v${version}`,
        ]
      : []),
  ]
}

function hasRegistry(provider: CiProviderName): boolean {
  return provider === "github" || provider === "gitlab"
}
