import { describe, expect, it } from "vitest"
import { InternalError } from "../../../src/errors.js"
import { validatePlan } from "../../../src/plan/validate.js"
import type { Origin, Plan, Step } from "../../../src/plan/types.js"
import { renderDockerfile } from "../../../src/render/dockerfile.js"
import { fc } from "../support/property.js"
import { anyPlan, planOf } from "./any-plan.js"
import { readDockerfile } from "./dockerfile-reader.js"
import { instructionsOf } from "./plan-instructions.js"

const source: Origin = { source: true }

const imageOf = (...steps: Step[]) => planOf([{ name: "image", from: { scratch: true }, steps }])

/** The text of one step. */
function render(step: Step): string {
  const [stage = ""] = renderDockerfile(imageOf(step)).split("\n\nUSER ")
  return stage.slice(stage.indexOf("\n") + 1)
}

describe("each step is an instruction:", () => {
  it.each<[string, Step, string[]]>([
    [
      "an environment variable",
      { type: "environment", name: "CGO_ENABLED", value: "0" },
      ["ENV CGO_ENABLED=0"],
    ],
    ["a working directory", { type: "working-directory", path: "/src" }, ["WORKDIR /src"]],
    [
      "a copied file",
      {
        type: "copy",
        kind: "file",
        from: { stage: "build" },
        path: "/out/a",
        to: "/app/a",
        owner: "1:2",
      },
      ['COPY --from=build --chown=1:2 ["/out/a","/app/a"]'],
    ],
    [
      "a copied folder, whose contents go below the target",
      { type: "copy", kind: "directory", from: source, path: "static", to: "/app/static" },
      ['COPY ["static","/app/static/"]'],
    ],
    [
      "a folder copied to the root",
      { type: "copy", kind: "directory", from: { stage: "system" }, path: "/system", to: "/" },
      ['COPY --from=system ["/system","/"]'],
    ],
    [
      "a folder copied without some files, a line for each pattern",
      {
        type: "copy",
        kind: "directory",
        from: source,
        path: ".",
        to: "/app",
        exclude: ["**/*.go", "go.mod"],
        owner: "1:2",
      },
      [
        "COPY --chown=1:2 \\",
        "    --exclude=**/*.go \\",
        "    --exclude=go.mod \\",
        '    [".","/app/"]',
      ],
    ],
    [
      "a program that runs, a line for each mount",
      {
        type: "run",
        args: ["go", "build", "-ldflags=-s -w", "./..."],
        mounts: [
          { type: "cache", id: "modules", target: "/go/pkg/mod" },
          { type: "bind", kind: "directory", from: source, path: ".", target: "/src" },
          {
            type: "bind",
            kind: "file",
            from: { stage: "base" },
            path: "/etc/passwd",
            target: "/p",
          },
        ],
      },
      [
        "RUN --mount=type=cache,id=modules,target=/go/pkg/mod \\",
        "    --mount=type=bind,source=.,target=/src \\",
        "    --mount=type=bind,from=base,source=/etc/passwd,target=/p \\",
        '    ["go","build","-ldflags=-s -w","./..."]',
      ],
    ],
    [
      "a new file, with its mode",
      { type: "file", path: "/run.sh", content: "#!/bin/sh\necho $A\n", mode: 0o755, owner: "1:2" },
      ['COPY --chown=1:2 --chmod=0755 <<"EOF" /run.sh', "#!/bin/sh", "echo $A", "EOF"],
    ],
    [
      "an empty file",
      { type: "file", path: "/empty", content: "", mode: 0o600 },
      ['COPY --chmod=0600 <<"EOF" /empty', "EOF"],
    ],
    [
      "a file that has the line which would end it",
      { type: "file", path: "/a", content: "EOF\nEOF_\r\n", mode: 0o644 },
      ['COPY --chmod=0644 <<"EOF__" /a', "EOF", "EOF_\r", "EOF__"],
    ],
  ])("%s", (_, step, lines) => {
    expect(render(step)).toBe(lines.join("\n"))
  })
})

it("the whole reads from the first stage to what the image runs", () => {
  const plan = planOf(
    [
      {
        name: "build",
        from: { image: "golang:1.25" },
        steps: [{ type: "working-directory", path: "/src" }],
      },
      { name: "empty", from: { scratch: true }, steps: [] },
      { name: "image", from: { stage: "empty" }, steps: [] },
    ],
    {
      environment: [
        { name: "PORT", value: "8080" },
        { name: "GREETING", value: "hello world" },
      ],
      labels: [{ name: "go-image.process.web", value: "hello -listen :$PORT" }],
      ports: ["8080/tcp", "53/udp"],
      entrypoint: ["/app/hello"],
      command: ["-name", 'a "b" $c'],
    },
  )
  expect(renderDockerfile(plan)).toBe(`FROM golang:1.25 AS build
WORKDIR /src

FROM scratch AS empty

FROM empty AS image

ENV PORT=8080 \\
    GREETING="hello world"
LABEL go-image.process.web="hello -listen :\\$PORT"
EXPOSE 8080
EXPOSE 53/udp
USER 1000:1000
ENTRYPOINT ["/app/hello"]
CMD ["-name","a \\"b\\" $c"]
`)
})

it("a stage names its platform where it has one", () => {
  const plan = planOf([
    { name: "build", from: { image: "golang:1.25", platform: "build" }, steps: [] },
    { name: "base", from: { image: "debian:12", platform: { target: "linux/arm64" } }, steps: [] },
    { name: "empty", from: { scratch: true, platform: { target: "linux/arm64" } }, steps: [] },
  ])
  expect(renderDockerfile(plan).split("\n").slice(0, 5)).toEqual([
    "FROM --platform=$BUILDPLATFORM golang:1.25 AS build",
    "",
    "FROM --platform=linux/arm64 debian:12 AS base",
    "",
    "FROM --platform=linux/arm64 scratch AS empty",
  ])
})

it("an image that starts something else than its program resets the base's entry point", () => {
  const text = renderDockerfile(planOf(imageOf().stages, { entrypoint: [], command: ["/bin/sh"] }))
  expect(text).toContain('\nENTRYPOINT []\nCMD ["/bin/sh"]\n')
})

describe("a line break never gets into an instruction, whatever a plan says:", () => {
  const evil = "a\nRUN touch /marker\n"
  it.each<[string, Plan]>([
    ["a variable", imageOf({ type: "environment", name: "A", value: evil })],
    ["a variable's name", imageOf({ type: "environment", name: evil, value: "" })],
    ["a working directory", imageOf({ type: "working-directory", path: `/${evil}` })],
    ["a file's path", imageOf({ type: "file", path: `/${evil}`, content: "", mode: 0o644 })],
    ["an owner", imageOf({ type: "file", path: "/a", content: "", mode: 0o644, owner: evil })],
    [
      "a mount",
      imageOf({ type: "run", args: ["a"], mounts: [{ type: "cache", id: evil, target: "/a" }] }),
    ],
    ["a base", planOf([{ name: "image", from: { image: evil }, steps: [] }])],
    ["a stage", planOf([{ name: evil, from: { scratch: true }, steps: [] }])],
    ["a label", planOf(imageOf().stages, { labels: [{ name: "a", value: evil }] })],
    ["a label's name", planOf(imageOf().stages, { labels: [{ name: evil, value: "a" }] })],
    [
      "the image's environment",
      planOf(imageOf().stages, { environment: [{ name: "A", value: evil }] }),
    ],
    ["the user", planOf(imageOf().stages, { user: evil })],
  ])("%s", (_, plan) => {
    expect(() => renderDockerfile(plan)).toThrow(InternalError)
  })

  it("words of a command keep theirs, as JSON", () => {
    const plan = imageOf({ type: "run", args: ["sh", "-c", evil], mounts: [] })
    expect(renderDockerfile(plan)).toContain('RUN ["sh","-c","a\\nRUN touch /marker\\n"]')
  })
})

it("a pattern with letters that BuildKit's flags cannot have matches any letter in their place", () => {
  const copy: Step = {
    type: "copy",
    kind: "directory",
    from: source,
    path: ".",
    to: "/",
    exclude: ["größe/*.txt", "日本"],
  }
  expect(readDockerfile(renderDockerfile(imageOf(copy)))[1]).toMatchObject({
    exclude: ["gr??e/*.txt", "??"],
  })
})

describe("BuildKit reads back what the plan says,", () => {
  it("whatever names, values and paths it has", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        validatePlan(plan)
        expect(readDockerfile(renderDockerfile(plan))).toEqual(instructionsOf(plan))
      }),
      { numRuns: 1000 },
    )
  })
})
