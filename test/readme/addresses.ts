import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import * as project from "../../src/version.js"

const name = project.homepage.slice(project.homepage.lastIndexOf("/") + 1)

/** Before the owner's name: an address, an action of a workflow, the name of an image. */
const before = "github\\.com/|githubusercontent\\.com/|ghcr\\.io/|uses: |use `"
const address = new RegExp(`(${before})[\\w.-]+/${name}\\b`, "g")
const pinned = new RegExp(`\\b${name}@v\\d+\\.\\d+\\.\\d+(?:-[\\w.]+)?`, "g")

/** Documents, examples and pipelines, in which people copy the address and the version of this project. */
export function filesWithAddress(): string[] {
  const places = ["*.md", "docs", "examples"]
  const listed = execFileSync("git", ["ls-files", "-z", "--", ...places], { encoding: "utf8" })
  return listed
    .split("\0")
    .filter((file) => /\.(?:md|ya?ml|json|sh|toml|ts|go)$|Jenkinsfile$/.test(file))
    .filter((file) => !file.startsWith("test/") && !file.includes("/vendor/"))
    .filter((file) => new RegExp(address).test(readFileSync(file, "utf8")))
}

/** With the owner and the version that src/version.ts has. */
export function withAddress(
  text: string,
  { homepage, version }: { homepage: string; version: string } = project,
): string {
  const [owner = ""] = homepage.replace("https://github.com/", "").split("/")
  return text
    .replace(address, (_, prefix: string) => `${prefix}${owner}/${name}`)
    .replace(pinned, `${name}@v${version}`)
}
