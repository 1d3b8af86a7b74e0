import { homepage } from "../../src/version.js"

/** Of the project's package.json, what the package says too. */
export interface ProjectManifest {
  name: string
  version: string
  description: string
  license: string
  engines: { node: string }
}

/**
 * What npm installs: bundles, which need nothing else. The project's own package.json has what the Dagger engine installs and
 * what developers need.
 */
export function packageManifest(project: ProjectManifest): Record<string, unknown> {
  const { name, version, description, license, engines } = project
  return {
    ...{ name, version, description, license, engines },
    keywords: ["go", "golang", "container", "docker", "oci", "image", "buildkit", "dockerfile"],
    homepage: `${homepage}#readme`,
    bugs: `${homepage}/issues`,
    repository: { type: "git", url: `git+${homepage}.git` },
    bin: { [name]: "bin/go-image.cjs" },
    files: ["bin", "lib", "cli", "CHANGELOG.md", "THIRD-PARTY-LICENSES.txt"],
    // npm then says by which workflow it was made, of which commit: https://docs.npmjs.com/generating-provenance-statements
    publishConfig: { access: "public", provenance: true },
  }
}
