import { describe, expect, it } from "vitest"
import { assetPatterns, groupAssets } from "../../../src/detect/assets.js"
import { matchPatterns } from "../../../src/detect/patterns.js"

const setting = (value: string[]) => ({ value, from: "option" })
const isDropped = matchPatterns(assetPatterns({}))

describe("what a program may read at run time stays in the image:", () => {
  it.each([
    "config.yaml",
    "static/style.css",
    "templates/index.html",
    "templates/deep/er/index.gohtml",
    "migrations/0001_init.up.sql",
    "locales/de.json",
    "data/README.md",
    "docs/LICENSE.txt",
    "public/.well-known/security.txt",
    "env",
    ".envrc.example",
    "app.env",
    "fixtures/a_test",
    "golang/notes.txt",
    "web/vendors/a.js",
    "assets/main.go.tmpl",
    "server.crt",
    "data.db",
    "a b/ü.txt",
    ".config/app.toml",
    "sql/Procfiles",
    "bin/tool",
  ])("%s", (path) => {
    expect(isDropped(path)).toBe(false)
  })
})

describe("what only a build or a developer needs does not:", () => {
  it.each([
    "main.go",
    "internal/a/b.go",
    "internal/a/b_test.go",
    "static/embed.go",
    "go.mod",
    "go.sum",
    "api/go.mod",
    "go.work",
    "go.work.sum",
    "vendor/modules.txt",
    "vendor/github.com/a/b/LICENSE",
    "testdata/a.golden",
    "internal/a/testdata/b.json",
    "e2e/login_test.js",
    ".git/config",
    ".github/workflows/ci.yml",
    "lib/.git",
    ".gitignore",
    "web/.gitignore",
    ".idea/workspace.xml",
    "node_modules/a/index.js",
    "web/node_modules/a/index.js",
    "Dockerfile",
    "Dockerfile.dev",
    "build/api.Dockerfile",
    "docker-compose.yml",
    "docker-compose.override.yaml",
    "compose.yaml",
    "Makefile",
    "Procfile",
    "project.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG",
    "Gopkg.lock",
    "Godeps/Godeps.json",
    "bin/go-pre-compile",
    "bin/go-post-compile",
    ".golangci.yml",
    ".DS_Store",
    "static/.DS_Store",
  ])("%s", (path) => {
    expect(isDropped(path)).toBe(true)
  })
})

describe("no secret of a developer's machine gets into an image:", () => {
  it.each([".env", "cmd/api/.env", ".env.local", ".env.production", ".netrc", "deploy/.netrc"])(
    "%s",
    (path) => {
      expect(isDropped(path)).toBe(true)
    },
  )
})

describe("a person can correct it,", () => {
  const isDropped = (path: string, keep: string[], drop: string[] = []) =>
    matchPatterns(assetPatterns({ keep: setting(keep), drop: setting(drop) }))(path)

  it("keeping what would be left out", () => {
    expect(isDropped("README.md", ["README.md"])).toBe(false)
    expect(isDropped("templates/a.go", ["templates/**"])).toBe(false)
    expect(isDropped("testdata/a.json", ["testdata"])).toBe(false)
    expect(isDropped("main.go", ["templates/**"])).toBe(true)
  })

  it("leaving out what would be kept", () => {
    expect(isDropped("web/src/a.ts", [], ["web/src"])).toBe(true)
    expect(isDropped("web/dist/a.js", [], ["web/src"])).toBe(false)
    expect(isDropped("deep/er/a.psd", [], ["**/*.psd"])).toBe(true)
  })

  it("leaving out has the last word", () => {
    expect(isDropped("docs/a.go", ["docs/**"], ["docs/a.go"])).toBe(true)
    expect(isDropped("docs/b.go", ["docs/**"], ["docs/a.go"])).toBe(false)
  })

  it("with a slash in front, as in a .dockerignore", () => {
    expect(isDropped("static/a.css", [], ["/static"])).toBe(true)
    expect(isDropped("README.md", ["/README.md"])).toBe(false)
    // The engines do not take such patterns as anyone means them.
    expect(assetPatterns({ drop: setting(["/static", "!/static/a"]) }).slice(-2)).toEqual([
      "static",
      "!static/a",
    ])
  })
})

describe("assets are told", () => {
  it("by their entry at the root, folders with the number of their files", () => {
    const files = ["a.txt", "b/c.txt", "b/d/e.txt", "b/f.go", "main.go", "static/x", "z"]
    expect(groupAssets(files, {})).toEqual([
      { path: "a.txt", files: 1 },
      { path: "b/", files: 2 },
      { path: "static/", files: 1 },
      { path: "z", files: 1 },
    ])
  })

  it("a file and a folder of one name apart, in a stable order", () => {
    const files = ["b/a", "b.txt", "a"]
    expect(groupAssets(files, {})).toEqual(groupAssets([...files].reverse(), {}))
  })

  it("not where there are none", () => {
    expect(groupAssets(["main.go", "go.mod", "internal/a.go"], {})).toEqual([])
  })
})
