import type { Settings } from "../settings/resolve.js"
import { fromRoot, matchPatterns } from "./patterns.js"

/**
 * Assets: files that a program may read at run time, which therefore stay in the image. Everything is one that is not
 * Go source, a test, version control or a file of the build.
 */
const excludedFolders = [
  // Version control and editors.
  ".git",
  ".hg",
  ".svn",
  ".bzr",
  ".jj",
  ".github",
  ".gitlab",
  ".circleci",
  ".buildkite",
  ".woodpecker",
  ".devcontainer",
  ".idea",
  ".vscode",
  // Go's own, and tests.
  "vendor",
  "testdata",
  // Other tools' downloads.
  "node_modules",
]

const excludedFiles = [
  "*.go",
  "go.mod",
  "go.sum",
  "go.work",
  "go.work.sum",
  ".go-version",
  "*_test.*",
  // Secrets of a developer's machine.
  ".env",
  ".env.*",
  ".netrc",
  // Files of builds and services.
  "Dockerfile",
  "Dockerfile.*",
  "*.Dockerfile",
  "Containerfile",
  "docker-compose*.yml",
  "docker-compose*.yaml",
  "compose*.yml",
  "compose*.yaml",
  "Makefile",
  "makefile",
  "GNUmakefile",
  "Taskfile.yml",
  "Taskfile.yaml",
  "justfile",
  "Jenkinsfile",
  "Procfile",
  "project.toml",
  "dagger.json",
  ".dockerignore",
  ".gitignore",
  ".gitattributes",
  ".gitmodules",
  ".gitlab-ci.yml",
  ".travis.yml",
  ".editorconfig",
  ".golangci.yml",
  ".golangci.yaml",
  ".golangci.toml",
  ".golangci.json",
  ".goreleaser.yml",
  ".goreleaser.yaml",
  ".pre-commit-config.yaml",
  ".tool-versions",
  ".DS_Store",
]

/** Only at the root: elsewhere such a file may well be content. */
const excludedAtRoot = [
  ".air.toml",
  ".claude",
  ".codecov.yml",
  ".cursor*",
  ".eslintrc*",
  ".husky",
  ".mailmap",
  ".markdownlint*",
  ".nvmrc",
  ".prettierrc*",
  ".promu.yml",
  ".yamllint*",
  "test",
  "tests",
  "*.md",
  "*.nix",
  "Dockerfile-*",
  "Gemfile*",
  "app.json",
  "heroku.yml",
  "fly.toml",
  "renovate.json",
  "skaffold.yaml",
  "cloudbuild.yaml",
  "codecov.yml",
  "package.json",
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "tsconfig.json",
  "README*",
  "CHANGELOG*",
  "CONTRIBUTING*",
  "CODE_OF_CONDUCT*",
  "SECURITY*",
  "LICENSE*",
  "LICENCE*",
  "COPYING*",
  "NOTICE*",
  "AUTHORS*",
  "CODEOWNERS",
  "Gopkg.toml",
  "Gopkg.lock",
  "glide.yaml",
  "glide.lock",
  "Godeps",
  "bin/go-pre-compile",
  "bin/go-post-compile",
]

export const assetExclusions: readonly string[] = [
  ...[...excludedFolders, ...excludedFiles].map((pattern) => `**/${pattern}`),
  ...excludedAtRoot,
]

/** The patterns that are left out of the image, the settings' corrections last: the last one that matches decides. */
export function assetPatterns({ keep, drop }: Pick<Settings, "keep" | "drop">): string[] {
  return [
    ...assetExclusions,
    ...(keep?.value ?? []).map((pattern) => `!${fromRoot(pattern)}`),
    ...(drop?.value ?? []).map(fromRoot),
  ]
}

/** Files that are kept and look like they hold secrets: whoever has the image can read them. */
export function findSecrets(
  files: readonly string[],
  settings: Pick<Settings, "keep" | "drop">,
): string[] {
  const isExcluded = matchPatterns(assetPatterns(settings))
  return files.filter((file) => secretName.test(file) && !isExcluded(file))
}

const secretName =
  /(?:^|\/)(?:[^/]+\.env|\.npmrc|\.pypirc|\.pgpass|\.htpasswd|\.git-credentials|credentials|credentials\.json|service-account[^/]*\.json|secrets?\.(?:ya?ml|json|toml)|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]+\.(?:key|p12|pfx|jks|keystore)|[^/]*key[^/]*\.pem)$/

/** Assets below one entry of the project's root: a file, or a folder with its files counted. */
export interface AssetGroup {
  /** `config.yaml`, or `static/` for a folder. */
  path: string
  files: number
}

/** One entry for each name at the root, however many files are below it. */
export function groupAssets(
  files: readonly string[],
  settings: Pick<Settings, "keep" | "drop">,
): AssetGroup[] {
  const isExcluded = matchPatterns(assetPatterns(settings))
  const groups = new Map<string, number>()
  for (const file of files) {
    if (isExcluded(file)) continue
    const slash = file.indexOf("/")
    const path = slash < 0 ? file : file.slice(0, slash + 1)
    groups.set(path, (groups.get(path) ?? 0) + 1)
  }
  return [...groups]
    .map(([path, files]) => ({ path, files }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
