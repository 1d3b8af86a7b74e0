import { describe, expect, it } from "vitest"
import { interestIn } from "../../../../../cli/commands/dev/relevance.js"

const { isFileOfInterest, isFolderOfInterest } = interestIn({
  excluded: ["**/.git", "docs", "**/*.log", "README.md"],
  read: new Set(["go.mod", "project.toml", "README.md", "docs/api/openapi.yaml"]),
})

describe("what a change is of interest for", () => {
  const files: Record<string, boolean> = {
    "main.go": true,
    "new/folder/x.go": true,
    "build.log": false,
    "a/b/build.log": false,
    "docs/guide.md": false,
    "docs/api/openapi.yaml": true,
    // It is not sent, and a plan reads it.
    "README.md": true,
    // Read, and not there yet.
    "project.toml": true,
    ".git/index": false,
    "vendor/x/.git/HEAD": false,
  }
  for (const [path, expected] of Object.entries(files)) {
    it(`${path}: ${expected ? "built" : "ignored"}`, () => {
      expect(isFileOfInterest(path)).toBe(expected)
    })
  }

  it("folders that hold nothing of it are not watched", () => {
    const folders = ["cmd", "cmd/api", "docs", "docs/api", "docs/images", ".git", ".git/objects"]
    expect(folders.filter(isFolderOfInterest)).toEqual(["cmd", "cmd/api", "docs", "docs/api"])
  })

  it("with an exception, all folders are: it may be in any of them", () => {
    const interest = interestIn({ excluded: ["web", "!web/dist"], read: new Set() })
    expect(interest.isFolderOfInterest("web")).toBe(true)
    expect(interest.isFileOfInterest("web/src/app.ts")).toBe(false)
    expect(interest.isFileOfInterest("web/dist/app.js")).toBe(true)
  })
})
