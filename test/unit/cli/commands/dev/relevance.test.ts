import { describe, expect, it } from "vitest"
import { everything, interestIn, type Interest } from "../../../../../cli/commands/dev/relevance.js"

/** As plans have it: nothing but what is needed is sent. */
const planned: Interest = {
  neverSent: ["app.oci.tar"],
  excluded: ["**", "!go.mod", "!main.go", "!gen/gen.go", "**/.git"],
  known: new Set(["go.mod", "main.go", "gen/gen.go", "README.md", "docs/guide.md", "old_test.go"]),
  read: new Set([".dockerignore", "docs/api/openapi.yaml"]),
  isIgnored: (path) => /\.log$|^(?:gen|tmp|logs)\//.test(path),
}

const { isFileOfInterest, isFolderOfInterest } = interestIn(planned)

describe("what a change is of interest for", () => {
  const files: Record<string, boolean> = {
    // Sent.
    "main.go": true,
    "gen/gen.go": true,
    // Known, and no part of it.
    "README.md": false,
    "old_test.go": false,
    "docs/guide.md": false,
    // Looked for, and not there.
    ".dockerignore": true,
    "docs/api/openapi.yaml": true,
    // New: a plan may want it.
    "extra.go": true,
    "new/folder/x.go": true,
    "project.toml": true,
    Procfile: true,
    "conf.yaml": true,
    "docs/new.md": true,
    // New and ignored: compiled all the same, where it is Go's.
    "build.log": false,
    "a/b/build.log": false,
    "tmp/cache.bin": false,
    "gen/more.go": true,
    // Of editors.
    "main.go~": false,
    ".main.go.swp": false,
    "cmd/4913": false,
    ".#main.go": false,
    // Never.
    "app.oci.tar": false,
    ".git/index": false,
    "vendor/x/.git/HEAD": false,
  }
  for (const [path, expected] of Object.entries(files)) {
    it(`${path}: ${expected ? "built" : "ignored"}`, () => {
      expect(isFileOfInterest(path)).toBe(expected)
    })
  }

  it("ignored folders that hold nothing of it are not watched", () => {
    const folders = ["cmd", "cmd/api", "docs", "docs/images", "gen", "logs", ".git", ".git/objects"]
    expect(folders.filter(isFolderOfInterest)).toEqual([
      "cmd",
      "cmd/api",
      "docs",
      "docs/images",
      "gen",
    ])
  })

  it("with an exception that may be anywhere, ignored folders are watched, too", () => {
    const interest = interestIn({ ...planned, excluded: ["web", "!**/dist"] })
    expect(interest.isFolderOfInterest("logs")).toBe(true)
    expect(interest.isFileOfInterest("web/dist/app.js")).toBe(true)
  })

  it("before there is a plan, all is", () => {
    const interest = interestIn(everything)
    expect(["go.mod", "x/y.log"].every(interest.isFileOfInterest)).toBe(true)
    expect(interest.isFileOfInterest(".git/index")).toBe(false)
  })
})
