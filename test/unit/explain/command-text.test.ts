import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { shortenStep } from "../../../cli/terminal/step-name.js"
import { accountOf } from "../../../src/explain/account.js"
import { commandText, copyText } from "../../../src/explain/command-text.js"
import { variableText } from "../../../src/explain/variable-text.js"
import type { Plan, Step } from "../../../src/plan/types.js"

const cases = fileURLToPath(new URL("../../cases", import.meta.url))
const plans = readdirSync(cases, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("plan.json"))
  .map((file): Plan => JSON.parse(readFileSync(`${cases}/${file}`, "utf8")) as Plan)

/** A script of ours, a shell with a script in it, or a folder that nobody knows. */
const ours = /\.sh\b|\/bin\/sh|^\/mnt\/|\/report\/|"\$/

describe("the text of a command", () => {
  const commands = plans.flatMap(({ stages }) =>
    stages.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.type === "run" ? [step.args] : [])),
    ),
  )

  it("names what each step of any plan does, and no script of ours", () => {
    expect(commands.length).toBeGreaterThan(400)
    for (const words of commands) {
      expect(commandText(words)).not.toMatch(ours)
      expect(commandText(words)).not.toBe("")
    }
  })

  it.each([
    [
      ["/bin/sh", "-c", "set -e\nfind /assets/image -exec touch {} +\n", "bin"],
      "set owners and modes of files",
    ],
    [["/bin/sh", "/download.sh", "go", "mod", "download"], "go mod download"],
    [
      [
        ...["/bin/sh", "/slow-packages.sh", "/bin/sh", "/project-code.sh", "compile"],
        ...["go", "test", "-debug-actiongraph=x", "-toolexec=x", "./..."],
      ],
      "compile the tests",
    ],
    [["/bin/sh", "/project-code.sh", "run", "/bin/sh", "bin/go-pre-compile"], "bin/go-pre-compile"],
    [["/bin/sh", "/project-code.sh", "plain", "go", "mod", "tidy"], "go mod tidy"],
    [["/bin/sh", "/frontend.sh", "build", "yarn", "build", "/src/ui/build"], "yarn run build"],
    [["/bin/sh", "/frontend.sh", "build", "/src/a", "node x.js", "/src/a/out"], "node x.js"],
    [
      ["/bin/sh", "/mnt/install.sh", "", "2025-11-01", "git", "jq"],
      "install git jq, as of 2025-11-01",
    ],
    [
      ["/mnt/link-check", "debian", "/base", "", "/app", "/src", "/out/image/app/a", "/app/a"],
      "check libraries of a",
    ],
    [["go", "run", "-trimpath", ".", "/src", "warn"], "compare vendor/ with go.sum"],
    [["/bin/sh", "-c", 'exec "$@" >"$0"', "/report/list", "gotests", "list"], "gotests list"],
    [["/bin/sh", "-c", "echo a"], "/bin/sh -c echo a"],
  ])("%j", (words, text) => {
    expect(commandText(words)).toBe(text)
  })

  it("has all flags of a compiler where they are asked for, with what they are set to", () => {
    const words = ["go", "build", "-trimpath", "-ldflags=-s -w -X main.v=1", "-o", "/out/a", "."]
    expect(commandText(words)).toBe("go build .")
    expect(commandText(words, { withFlags: true })).toBe(
      "go build -trimpath '-ldflags=-s -w -X main.v=1' -o /out/a .",
    )
  })
})

describe("the text of a copy", () => {
  it.each([
    ["/out/image", "/", "build", "copy programs"],
    ["/assets/image", "/", "assets", "copy files"],
    [
      "/src/ui/build",
      "/src/ui/build/",
      "frontend",
      "copy /src/ui/build of frontend to /src/ui/build/",
    ],
    [".", "/app/", undefined, "copy the project to /app/"],
    ["ui", "/src/ui/", undefined, "copy ui to /src/ui/"],
  ])("%s to %s", (path, to, stage, text) => {
    expect(copyText(path, to, stage)).toBe(text)
  })

  it.each([
    ["[image 4/5] COPY --from=build [/out/image,/]", "image: copy programs"],
    [
      "[image 4/5] COPY --from=system [/system/image,/]",
      "image: copy certificates, time zones, user",
    ],
    [
      "[assets 3/4] COPY --exclude=a     [.,/assets/image/app/]",
      "assets: copy the project to /assets/image/app/",
    ],
    ["[build 2/4] COPY [a, b,/src]", "build: copy a, b to /src"],
    ["[assets 2/4] COPY <<EOF /empty-folders.txt", "assets: write /empty-folders.txt"],
    ["[build 3/4] WORKDIR /src", "build: work in /src"],
    ["[build 3/4] COPY a b /src", "build: COPY a b /src"],
    ["[internal] load build context", "send the project to the builder"],
  ])("is that of BuildKit's %s", (name, text) => {
    expect(shortenStep(name)).toBe(text)
  })
})

describe("variables of go-image's own", () => {
  const settings = [
    ["vcs", "git"],
    ["vcs.revision", "106cdd09e1557222303f3ed1376e1dadf0638621"],
    ["vcs.time", "2026-08-11T11:11:17Z"],
  ]
  const text = (modified: string) =>
    [...settings, ["vcs.modified", modified]]
      .map(([key, value]) => String.raw`build\\t${key}=${value}\\n`)
      .join("")

  it("are named by what they are for", () => {
    const what = "commit stamped into the program"
    const value = "106cdd09e155 of 2026-08-11T11:11:17Z"
    expect(variableText("GO_IMAGE_VCS", text("false"))).toEqual({ what, value })
    expect(variableText("GO_IMAGE_VCS", text("true"))).toEqual({
      what,
      value: `${value}, with changes that are not committed`,
    })
    expect(variableText("GO_IMAGE_VCS")).toEqual({ what })
    expect(variableText("CGO_ENABLED", "0")).toEqual({ what: "variable CGO_ENABLED", value: "0" })
  })

  it("are in no account of a plan by their names", () => {
    const stamped: Step = { type: "environment", name: "GO_IMAGE_VCS", value: text("false") }
    for (const plan of plans.slice(0, 40)) {
      const [first, ...others] = plan.stages
      if (!first) continue
      const stages = [{ ...first, steps: [...first.steps, stamped] }, ...others]
      expect(JSON.stringify(accountOf({ ...plan, stages }).stages)).not.toContain("GO_IMAGE_")
    }
  })
})
