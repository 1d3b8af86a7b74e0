import { randomUUID } from "node:crypto"

import type { Project } from "./builds.js"

/** The least that is a project, without a base image. */
export const tiny: Project = { source: "tiny", options: { runtime: "scratch" } }

/** Like it, with other files and variables. */
export function version(changes: Pick<Project, "files" | "variables">): Project {
  return { ...tiny, ...changes }
}

/** Its go.mod with another go line. */
export function goMod(goLine: string): string {
  return `module github.com/user/myapp\n\n${goLine}\n`
}

export function linked(value: string): Project {
  return version({ variables: { GO_LINKER_SYMBOL: "main.version", GO_LINKER_VALUE: value } })
}

const legacy: Project = { source: "legacy", options: { runtime: "scratch" } }

const godepsFile = {
  ImportPath: "github.com/user/legacy",
  GoVersion: "go1.6",
  Deps: [{ ImportPath: "example.com/greeting", Rev: "0123456789abcdef" }],
}

export const godeps: Project = {
  ...legacy,
  files: { "Godeps/Godeps.json": JSON.stringify(godepsFile) },
}

export const godepsWithoutVendor: Project = {
  ...legacy,
  files: { ...godeps.files, "vendor/example.com/greeting/greeting.go": null },
}

export const glide: Project = {
  ...legacy,
  files: {
    "glide.yaml": "package: github.com/user/legacy\nimport:\n  - package: example.com/greeting\n",
  },
}

/** With a dependency, a package of its own, and a file that is read at run time; on the default base. */
export const myapp: Project = { source: "myapp" }

export function edited(text: string): Project {
  const stamp = `package stamp\n\nconst Text = "${text}"\n`
  return { ...myapp, files: { "internal/stamp/stamp.go": stamp } }
}

/** What a project has besides its program, at all depths; none of it is for an image. */
export const littered: Project = {
  ...myapp,
  files: {
    ".env": "PASSWORD=secret\n",
    ".git/config": "[core]\n",
    ".gitignore": "*.tar\n",
    Dockerfile: "FROM scratch\n",
    "internal/stamp/.env": "PASSWORD=secret\n",
    "internal/stamp/stamp_test.go": "package stamp\n",
    "internal/stamp/testdata/golden.txt": "golden\n",
  },
}

export const litter =
  /\.go$|(^|\/)(\.git|\.gitignore|\.env|vendor|testdata|go\.mod|go\.sum|Dockerfile)(\/|$)/

export const multi: Project = {
  source: "multi",
  options: { runtime: "scratch" },
  variables: { RUN_COMMAND: "./bin/api" },
}

export const allPrograms: Project = {
  ...multi,
  variables: { GO_INSTALL_PACKAGE_SPEC: "./cmd/...", RUN_COMMAND: "./bin/extra" },
}

export const hooks: Project = { source: "hooks", options: { runtime: "scratch" } }

export const failingHook: Project = {
  ...hooks,
  files: { "bin/go-pre-compile": "echo no licence for today >&2\nexit 7\n" },
}

export const migrate: Project = { source: "migrate", options: { runtime: "scratch" } }

/** With a program that is compiled in the running image. */
export const goTools: Project = {
  ...tiny,
  variables: { GO_INSTALL_TOOLS_IN_IMAGE: "true" },
  options: { runtime: "scratch", keep: ["plugins/*.go"] },
  files: {
    "plugins/hello.go": `package main

import "os"

func main() { println("hello from go run, as", os.Getuid()) }
`,
  },
}

/** The page's example with custom options, and a command that needs more than words. */
export const dhi: Project = {
  source: "tiny",
  variables: {
    GO_VERSION: "1.25",
    GO_LINKER_SYMBOL: "main.version",
    GO_LINKER_VALUE: "1.2.3",
    USE_DHI: "true",
    RUN_COMMAND: "myapp 'serve it' :$PORT",
  },
  bases: { "dhi.io/golang:1.25-dev": "golang", "dhi.io/golang:1.25": "dhi" },
}

/** A module that any Go may build, to be built with this one. */
export function dhiWithGo(version: string): Project {
  return {
    source: "tiny",
    variables: { USE_DHI: "true", GO_VERSION: version },
    files: { "go.mod": goMod("go 1.20") },
  }
}

/** Its hooks say what they find in the cache volumes: see projects/caches/bin. */
export const caches: Project = {
  source: "caches",
  options: { runtime: "scratch" },
  variables: { BUILD_CACHE_DIR: "/cache/conformance" },
}

const series = new Map<string, string>()

/**
 * Builds of one project, to be made in this order. They have never been made before, so that no step of them is cached
 * but by one of them; asked for again in the same run, they are the same ones.
 */
export function cacheSeries() {
  const id = once("series")
  const build = (name: string, directory: string): Project => ({
    ...caches,
    variables: { BUILD_CACHE_DIR: directory },
    files: {
      "build.txt": `${id} ${name}\n`,
      "go.mod": `${shlexGoMod("caches")}// ${id}\n`,
      "main.go": `${cachesProgram}// ${id} ${name}\n`,
    },
  })
  return {
    first: build("first", `/cache/${id}`),
    edited: build("edited", `/cache/${id}`),
    elsewhere: build("elsewhere", `/cache/${id}-other`),
  }
}

function once(name: string): string {
  const id = series.get(name) ?? randomUUID()
  series.set(name, id)
  return id
}

function shlexGoMod(name: string): string {
  return `module github.com/user/${name}

go 1.25

require github.com/google/shlex v0.0.0-20191202100458-e7afc7fbc510
`
}

const cachesProgram = `package main

import (
	"os"

	_ "github.com/google/shlex"
)

func main() {
	text, err := os.ReadFile("found.txt")
	if err != nil {
		panic(err)
	}
	os.Stdout.Write(text)
}
`

/** A build that downloads a module into the cache volume, what changes it there, and a build that would use it. */
export function tamperedCache() {
  const id = once("tampered")
  const module = "github.com/google/shlex@v0.0.0-20191202100458-e7afc7fbc510"
  const build = (name: string): Project => ({
    ...myapp,
    variables: { BUILD_CACHE_DIR: id },
    options: { runtime: "scratch" },
    files: { "go.mod": `${shlexGoMod("myapp")}// ${id} ${name}\n` },
  })
  return {
    download: build("download"),
    volumes: { "/modules": `${id}-modules` },
    tamper: `echo '// changed' >>/modules/${module}/shlex.go`,
    verify: build("verify"),
  }
}

export const vendored: Project = { source: "examples/idgen", options: { runtime: "scratch" } }

export const vendoredOffline: Project = { ...vendored, bases: { "golang:1.25": "offlineGolang" } }

export const tamperedVendor: Project = {
  ...vendored,
  files: {
    "vendor/github.com/google/uuid/version4.go":
      'package uuid\n\nfunc New() UUID { return Nil }\n\nfunc NewString() string { return "" }\n\nfunc NewRandom() (UUID, error) { return Nil, nil }\n',
  },
}

export const addedToVendor: Project = {
  ...vendored,
  files: { "vendor/github.com/google/uuid/extra.go": "package uuid\n" },
}

export const tamperedSum: Project = {
  ...myapp,
  options: { runtime: "scratch" },
  files: {
    "go.sum": [
      "github.com/google/shlex v0.0.0-20191202100458-e7afc7fbc510 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "github.com/google/shlex v0.0.0-20191202100458-e7afc7fbc510/go.mod h1:pupxD2MaaD3pAXIBCelhxNneeOaAeabZDe5s4K6zSpQ=",
      "",
    ].join("\n"),
  },
}

/** Depot's Dockerfile: one of two programs, on Ubuntu. */
export const server: Project = {
  source: "server",
  options: { runtime: "ubuntu", packages: ["./cmd/server"] },
  bases: { "ubuntu:24.04": "ubuntu" },
}
