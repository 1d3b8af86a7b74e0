import { matchPatterns } from "../../patterns/patterns.js"
import { miseFiles } from "../modules/tool-versions.js"

/** Of no use to a program wherever it is: its source, and what version control and file managers leave. */
const anywhere = [
  ...[".git", ".hg", ".svn", ".bzr", ".jj"],
  "*.go",
  ".gitignore",
  ".gitattributes",
  ".gitkeep",
  ".keep",
  ".DS_Store",
]

/** Files of builds and of editors: beside a go.mod or a package.json, and in the folder that is looked at. Elsewhere they may be content. */
const ofBuilds = [
  "go.mod",
  "go.sum",
  "go.work",
  "go.work.sum",
  ".go-version",
  "go-image.lock",
  // Images, as this program names them.
  "*.oci.tar",
  "bin/go-pre-compile",
  "bin/go-post-compile",
  "Gopkg.toml",
  "Gopkg.lock",
  "glide.yaml",
  "glide.lock",
  "Godeps",
  "package.json",
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "tsconfig.json",
  "Dockerfile",
  "Dockerfile.*",
  "Dockerfile-*",
  "*.Dockerfile",
  "Containerfile",
  ".dockerignore",
  ".slugignore",
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
  "dagger.toml",
  "Gemfile*",
  "app.json",
  "heroku.yml",
  "fly.toml",
  "renovate.json",
  "skaffold.yaml",
  "cloudbuild.yaml",
  "codecov.yml",
  "*.nix",
  "azure-pipelines.yml",
  "azure-pipelines.yaml",
  "bitbucket-pipelines.yml",
  "railpack.json",
  "nixpacks.toml",
  ".air.toml",
  ".azure-pipelines",
  ".buildkite",
  ".circleci",
  ".claude",
  ".codecov.yml",
  ".cursor*",
  ".devcontainer",
  ".editorconfig",
  ".eslintrc*",
  ".github",
  ".gitlab",
  ".gitlab-ci.yml",
  ".gitmodules",
  ".golangci.json",
  ".golangci.toml",
  ".golangci.yaml",
  ".golangci.yml",
  ".goreleaser.yaml",
  ".goreleaser.yml",
  ".husky",
  ".ko.yaml",
  ".ko.yml",
  ".config/goreleaser.yaml",
  ".config/goreleaser.yml",
  "goreleaser.yaml",
  "goreleaser.yml",
  ".idea",
  ".mailmap",
  ".markdownlint*",
  ".nvmrc",
  ".pre-commit-config.yaml",
  ".prettierrc*",
  ".promu.yml",
  ".tool-versions",
  ...miseFiles,
  ".travis.yml",
  ".vscode",
  ".woodpecker",
  ".woodpecker.yaml",
  ".woodpecker.yml",
  ".yamllint*",
]

/** Files of package managers, beside a package.json. */
const ofPackages: ReadonlySet<string> = new Set([
  ".npmrc",
  ".yarnrc",
  ".yarnrc.yml",
  ".node-version",
  "npm-shrinkwrap.json",
  "pnpm-workspace.yaml",
  "bun.lock",
  "bun.lockb",
  "bunfig.toml",
])

/** What people write about a project, at its root. */
const aboutProjects = [
  "README*",
  "CHANGELOG*",
  "CHANGES.md",
  "CONTRIBUTING*",
  "CODE_OF_CONDUCT*",
  "SECURITY*",
  "LICENSE*",
  "LICENCE*",
  "COPYING*",
  "NOTICE*",
  "AUTHORS*",
  "CODEOWNERS",
  "GOVERNANCE.md",
  "HISTORY.md",
  "MAINTAINERS*",
  "ROADMAP.md",
  "RELEASE*.md",
  "AGENTS.md",
  "CLAUDE.md",
]

/** The same for each project, so that the Dockerfile of one stays right when files are added. */
export const assetExclusions: readonly string[] = [
  ...anywhere.map((pattern) => `**/${pattern}`),
  ...ofBuilds,
  ...aboutProjects,
]

const ofEditors =
  /(?:^|\/)(?:\.(?:idea|vscode|vs|fleet)\/.*|[^/]+~|\.[^/]+\.sw[a-p]|#[^/]+#|\.#[^/]+|Thumbs\.db|desktop\.ini|\._[^/]+)$/i

/** Copies, locks and settings of editors, and what file managers leave, wherever they are. */
export function isOfEditor(file: string): boolean {
  return ofEditors.test(file)
}

/**
 * What only a look at the files around it tells: whether a file is of a build, of a test, or of another tool's downloads.
 *
 * @param files All of the folder that is looked at.
 */
export function isOfBuild(files: readonly string[]): (file: string) => boolean {
  const here = new Set(files)
  const roots = new Set<string>()
  const goFolders = new Set<string>()
  const goBelow = new Set<string>()
  for (const file of files) {
    const folder = file.slice(0, file.lastIndexOf("/") + 1)
    const name = file.slice(folder.length)
    if (name === "go.mod" || name === "package.json") roots.add(folder)
    if (name === "go.mod" || name.endsWith(".go")) goFolders.add(folder)
    if (name.endsWith("_test.go")) goBelow.add(file.slice(0, file.indexOf("/") + 1))
  }
  const ofRoots = matchPatterns([...ofBuilds, ...aboutProjects])
  const isOfNode = (file: string) => {
    const folder = file.slice(0, file.lastIndexOf("/") + 1)
    return ofPackages.has(file.slice(folder.length)) && here.has(`${folder}package.json`)
  }
  const isModule = (folder: string) => folder === "" || here.has(`${folder}go.mod`)
  const isOther = (folder: string, name: string) => {
    switch (name) {
      case "vendor":
        // Go's own has this list; before modules, there was none.
        return here.has(`${folder}vendor/modules.txt`) || (folder === "" && !here.has("go.mod"))
      case "node_modules":
        return roots.has(folder)
      case "testdata":
        return goFolders.has(folder)
      case "test":
      case "tests":
        return isModule(folder) && goBelow.has(`${folder}${name}/`)
      default:
        return false
    }
  }
  return (file) => {
    const parts = file.split("/")
    let folder = ""
    for (const name of parts.slice(0, -1)) {
      if (isOther(folder, name)) return true
      folder += `${name}/`
      if (roots.has(folder) && ofRoots(file.slice(folder.length))) return true
    }
    return isOfNode(file)
  }
}
