import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { homepage } from "../../src/version.js"

const name = homepage.slice(homepage.lastIndexOf("/") + 1)

/** Documents and examples, in which people copy the address of this project. */
export function filesWithAddress(): string[] {
  const places = ["README.md", "docs", "examples"]
  const listed = execFileSync("git", ["ls-files", "-z", "--", ...places], { encoding: "utf8" })
  return listed
    .split("\0")
    .filter((file) => /\.(?:md|ya?ml|json|sh|toml|ts|go)$|Jenkinsfile$/.test(file))
    .filter((file) => address.test(readFileSync(file, "utf8")))
}

const address = new RegExp(`\\bgithub\\.com/[\\w.-]+/${name}\\b`)

/** With the address that src/version.ts has. */
export function withAddress(text: string): string {
  const path = homepage.replace("https://", "")
  return text.replace(new RegExp(address, "g"), path)
}
