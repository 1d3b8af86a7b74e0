import type { Pipeline } from "../../src/ci/pipeline.js"
import { ciProviders, type CiProvider, type CiProviderName } from "../../src/ci/providers.js"

/** The service whose pipelines are examples. */
export const exampleProject: Pipeline = {
  tool: "dagger",
  name: "my-service",
  branch: "main",
  folder: ".",
  targets: [],
  checks: ["test", "vet"],
  tokens: [],
  privateModules: [],
}

/** Of a provider, and where it is in this repository. */
export interface Example {
  provider: CiProviderName
  tool: Pipeline["tool"]
  path: string
  text: string
}

/** What `ci` prints for it, once with Dagger and once without. */
export function examplePipelines(): Example[] {
  return (["dagger", "docker"] as const).flatMap((tool) =>
    (Object.entries(ciProviders) as [CiProviderName, CiProvider][])
      // There, it is without Dagger whatever was asked for.
      .filter(([provider]) => tool === "docker" || provider !== "bitbucket")
      .map(([provider, { file, write }]) => ({
        ...{ provider, tool },
        path: `examples/ci/${tool === "docker" ? "without-dagger/" : ""}${file}`,
        text: write({ ...exampleProject, tool }),
      })),
  )
}
