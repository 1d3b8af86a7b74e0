import { describe, expect, it } from "vitest"
import { explain, failedIn, keyOf } from "../../../../../cli/commands/check/check.js"
import { BuildFailed } from "../../../../../cli/engine/engine.js"
import { exitCode } from "../../../../../cli/command-line/exit.js"
import { isInstruction, shortenStep } from "../../../../../cli/terminal/step-name.js"
import type { Request } from "../../../../../cli/request.js"
import { detect } from "../../../../../src/detect/detect.js"
import { CheckName } from "../../../../../src/plan/tasks/check-name.js"
import { MemorySource } from "../../../support/memory-source.js"
import { project } from "../../../support/project.js"

function told(name: CheckName, output: string, code = 1, module = ""): Error {
  try {
    return explain(name, module)(new BuildFailed("[x 1/1] RUN x", output, code))
  } catch (error) {
    return error as Error
  }
}

describe("a check that fails", () => {
  it("names files from the source on", () => {
    const failed = told(CheckName.Format, "a.go\nb/c.go\n", 1, "services/api") as BuildFailed
    expect(failed.output).toBe("services/api/a.go\nservices/api/b/c.go\n")
    expect(exitCode(failed)).toBe(3)
    // Of another module of the workspace.
    const other = told(CheckName.Vet, "../kit/a.go:3:1: x\n", 1, "services/api") as BuildFailed
    expect(other.output).toBe("services/kit/a.go:3:1: x\n")
  })

  const fetching = "govulncheck: fetching vulnerabilities: Get https://vuln.go.dev/index: "

  it.each([
    ["nobody answers", `${fetching}dial tcp: lookup vuln.go.dev: no such host`, 1, 4],
    ["it answers with an error of its own", `${fetching}HTTP GET: 503 Service Unavailable`, 1, 75],
    ["the connection broke", `${fetching}read tcp: connection reset by peer`, 1, 75],
    ["the program has vulnerabilities", "Vulnerability #1: GO-2024-0001", 3, 3],
  ])("of vulncheck, the exit status is not the project's where %s", (_, output, code, status) => {
    const error = told(CheckName.Vulncheck, output, code)
    expect(exitCode(error)).toBe(status)
    if (status !== 3) expect(error.message).toMatch(/^the public vulnerability database is not/)
  })
})

describe("of several targets", () => {
  it.each([
    [
      "--- FAIL: TestSum (0.00s)\nFAIL\tm/internal/money\t0.01s\nok  \tm/a\t0.1s\nFAIL\tm/b [build failed]\nFAIL\n",
      "m/internal/money, m/b",
    ],
    ["# m/shared\nshared/a.go:3:1: x\n# m/shared\n", "m/shared"],
    ["a.go\n", "module m"],
  ])("a failure is of packages, not of a target", (output, packages) => {
    expect(failedIn(output, "m")).toBe(packages)
  })

  it("checks run once, though a build cache has the dependencies of each", async () => {
    const files = project({
      "web/main.go": 'package main\n\nimport _ "net/http"\n\nfunc main() { println() }\n',
      "job/main.go": 'package main\n\nimport _ "os"\n\nfunc main() { println() }\n',
      "project.toml": `${target("web")}${target("job")}${target("other", '\nbuild-tags = ["x"]')}`,
    })
    const keysOf = async (target: string) => {
      const source = new MemorySource(files)
      const options = { dependencyLayer: true }
      const found = await detect(source, { options, environment: {}, target, withTests: true })
      const request = { shardTimes: [] as string[] } as Request
      return [CheckName.Vet, CheckName.Test].map((name) => keyOf(name, found, request))
    }
    const [web, job, other] = [await keysOf("web"), await keysOf("job"), await keysOf("other")]
    expect(job).toEqual(web)
    expect(other[0]).not.toBe(web[0])
  })

  function target(name: string, more = ""): string {
    const path = name === "other" ? "web" : name
    return `[[go-image.targets]]\nname = "${name}"\npackages = ["./${path}"]${more}\n\n`
  }
})

describe("a step's name", () => {
  it.each([
    ['[build 3/4] RUN --mount=type=cache ["go","build","./cmd/api"]', "build: go build ./cmd/api"],
    [
      String.raw`[format 5/5] RUN ["/bin/sh","-c","files=$(\"$0\") || exit\nexit 1\n","gofmt","-l","."]`,
      "format: gofmt -l .",
    ],
    ['[a 1/1] RUN ["/bin/sh","-c","echo a"]', "a: /bin/sh -c echo a"],
    // Of ten or more, the numbers are padded.
    [
      String.raw`[build  9/10] RUN --mount=type=bind,source=.,target=/src     ["/bin/sh","-c","set -e\n\"$0\" \"$@\"\n","go","build","."]`,
      "build: go build .",
    ],
    [
      String.raw`[build 5/5] RUN ["/bin/sh","-c","set -e\n\"$0\" \"$@\"\n","/bin/sh","/use-dependencies.sh","all","","go","build","."]`,
      "build: go build .",
    ],
    // As BuildKit writes it: without the backslashes before quotes.
    [
      String.raw`[build 5/5] RUN --mount=type=bind,source=.,target=/src ["/bin/sh","-c","set -e\n"$0" "$@"\nchmod 1777 /out/image/app\n","go","build","-ldflags=-s -w","-o","/out/image/app/hello-web","."]`,
      "build: go build .",
    ],
    ["[linux/arm64 image  3/12] WORKDIR /app", "image: work in /app"],
    [
      String.raw`[build 3/4] RUN ["/bin/sh","-c","set -e\n\"$0\" \"$@\"\n","go","build","-trimpath","-gcflags=all=-dwarf=false","-toolexec=/stamp.sh","-tags=sqlite","-ldflags=-s -w -X main.v=1","-o","/out/image/app/bin/","./cmd/api","./cmd/worker"]`,
      "build: go build -tags=sqlite ./cmd/api ./cmd/worker",
    ],
    [
      '[system 2/3] RUN --mount=type=bind,from=base,source=/,target=/base ["/bin/sh","/system-files.sh","/base","/system/image"]',
      "system: certificates, time zones, user",
    ],
    [
      '[build 7/9] RUN ["/bin/sh","/project-code.sh","run","/bin/sh","bin/go-pre-compile"]',
      "build: bin/go-pre-compile",
    ],
    [
      '[build 5/9] RUN ["/bin/sh","/project-code.sh","prepare","/src"]',
      "build: make a user for the project's own code",
    ],
    ['[licenses 4/4] RUN ["/bin/sh","/licenses/collect.sh","/go"]', "licenses: collect licenses"],
    ["[build 2/4] COPY [a b,/src]", "build: copy a b to /src"],
  ])("%s", (name, short) => {
    expect(shortenStep(name)).toBe(short)
    expect(isInstruction(name)).toBe(true)
  })
})
