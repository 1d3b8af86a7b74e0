import { describe, expect, it } from "vitest"
import { UserError } from "../../../../src/errors.js"
import { onMirror } from "../../../../src/plan/bases/registry-mirror.js"
import { imagesOf } from "../../../../src/plan/bases/locked-images.js"
import { lintTask } from "../../../../src/plan/tasks/tasks.js"
import { testTask } from "../../../../src/plan/tasks/test-tasks.js"
import { parseReference } from "../../../../src/reference.js"
import { detectIn, main, planOf, project } from "../../support/project.js"
import { fc } from "../../support/property.js"

const mirrors = (...value: string[]) => ({ value, from: "--registry-mirror" })
const digest = `sha256:${"0".repeat(64)}`

describe("an image of a registry with a mirror", () => {
  it.each([
    ["debian:bookworm-slim", "m.example.com/hub/library/debian:bookworm-slim"],
    ["docker.io/library/debian", "m.example.com/hub/library/debian:latest"],
    [`golang:1.25.4@${digest}`, `m.example.com/hub/library/golang:1.25.4@${digest}`],
    [`golang@${digest}`, `m.example.com/hub/library/golang@${digest}`],
    ["golangci/golangci-lint:v2", "m.example.com/hub/golangci/golangci-lint:v2"],
    ["gcr.io/distroless/static:nonroot", "localhost:5000/distroless/static:nonroot"],
    ["docker.io/acme/base:1", "m.example.com/ours/base:1"],
    ["docker.io/acme-two/base:1", "m.example.com/hub/acme-two/base:1"],
    ["cgr.dev/chainguard/static:latest", "cgr.dev/chainguard/static:latest"],
  ])("%s", (image, place) => {
    const setting = mirrors(
      "docker.io=m.example.com/hub",
      "gcr.io=localhost:5000/",
      "docker.io/acme=m.example.com/ours",
    )
    expect(onMirror(image, setting)).toBe(place)
  })

  it("is as Docker writes it", () => {
    expect(onMirror("debian:12", mirrors("index.docker.io=m.example.com"))).toBe(
      "m.example.com/library/debian:12",
    )
  })

  it("has the same tag and digest there, or there is one line", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (of, at) => {
        try {
          const { tag } = parseReference(onMirror("debian:12", mirrors(`${of}=${at}`)))
          expect(tag).toBe("12")
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
          expect((error as Error).message.split("\n").length).toBeLessThanOrEqual(2)
        }
      }),
    )
  })
})

it.each([
  "docker.io",
  "docker.io=",
  "=m.example.com",
  "hub=m.example.com",
  "docker.io=mirror",
  "docker.io=https://m.example.com",
  "docker.io=m.example.com=x",
  "docker.io=m.example.com/Hub",
  "docker.io=m.example.com:5000:1",
])("not a registry and its mirror: %s", (text) => {
  expect(() => onMirror("debian", mirrors(text))).toThrow(
    `not a registry and its mirror: ${JSON.stringify(text)} (--registry-mirror)\n`,
  )
})

it("two mirrors of one registry, and one that a file of the project names, are refused", () => {
  expect(() => onMirror("debian", mirrors("docker.io=a.b", "index.docker.io=c.d"))).toThrow(
    "two mirrors of docker.io (--registry-mirror)",
  )
  const setting = { value: ["docker.io=a.b"], from: "project.toml:4", byProject: true as const }
  expect(() => onMirror("debian", setting)).toThrow(
    "registry-mirror cannot be set by the project (project.toml:4)",
  )
})

const options = { registryMirror: ["docker.io=m.example.com/hub"] }
const files = project({ "main.go": main, ".golangci.yml": "version: 2\n" })

it("all images of a plan, and of tasks, are the mirror's; what the image says of its base is not", async () => {
  const plan = await planOf(files, { ...options, goTools: true, healthCheck: "/" })
  expect(imagesOf(plan.stages)).toEqual([
    "m.example.com/hub/library/golang:1.25",
    "m.example.com/hub/library/debian:bookworm-slim",
  ])
  const plain = await planOf(files, { goTools: true, healthCheck: "/" })
  expect(plan.image).toEqual(plain.image)
  const detected = await detectIn(files, options)
  const tasks = [lintTask(detected), testTask(detected, { packages: [] })]
  for (const image of tasks.flatMap((task) => imagesOf(task?.stages ?? []))) {
    expect(image).toMatch(/^m\.example\.com\/hub\//)
  }
})
