import { describe, expect, it } from "vitest"
import type { Output } from "../../../../../../cli/engine/engine.js"
import { layersOf, readDelivered } from "../../../../../../cli/commands/build/summary/layers.js"
import { runLines } from "../../../../../../cli/commands/build/summary/run-lines.js"
import { summarise, summaryLines } from "../../../../../../cli/commands/build/summary/summary.js"
import { layer, writeImage } from "../../../image/make-archive.js"
import { makeBuildInfo, makeElf } from "../../inspect/make-program.js"
import type { ChosenManifest } from "../../../../../../cli/image/manifest.js"
import type { Plan } from "../../../../../../src/plan/types.js"

const image = {
  ...{ entrypoint: ["/app/bin/My_App"], command: [] },
  ports: ["8080/tcp", "53/udp"],
} as unknown as Plan["image"]
const plan = {
  stages: [
    { name: "base", from: { image: "debian:bookworm-slim" }, steps: [] },
    { name: "image", from: { stage: "base" }, steps: [] },
  ],
  image,
  binaries: [{ name: "My_App", installed: "/app/bin/My_App" }],
  decisions: [
    { what: "version", value: "v1.2.3", from: "Git" },
    { what: "Go version", value: "1.25", from: "go.mod:3" },
  ],
} as unknown as Plan

const reference = `registry.example.com/app@sha256:${"a".repeat(64)}`
const archive = (path: string, ...tags: string[]): Output => ({ type: "oci", path, tags })

describe("the lines that start an image", () => {
  it.each<[string, Output, string[], string[]]>([
    [
      "an archive without a name",
      archive("app.oci.tar"),
      [],
      [
        "docker load --input app.oci.tar",
        "podman run --rm -p 8080:8080 -p 53:53/udp oci-archive:app.oci.tar",
      ],
    ],
    [
      "an archive with a name, in a folder with a space",
      archive("my images/it's.tar", "app:v1"),
      [],
      [
        String.raw`docker load --input 'my images/it'\''s.tar' && docker run --rm -p 8080:8080 -p 53:53/udp app:v1`,
        String.raw`podman run --rm -p 8080:8080 -p 53:53/udp 'oci-archive:my images/it'\''s.tar'`,
      ],
    ],
    [
      "an archive with several names, of which Podman is told one",
      archive("a.tar", "app:v1", "app"),
      [],
      [
        "docker load --input a.tar && docker run --rm -p 8080:8080 -p 53:53/udp app:v1",
        "podman run --rm -p 8080:8080 -p 53:53/udp oci-archive:a.tar:v1",
      ],
    ],
    [
      "an archive whose names Podman cannot tell apart",
      archive("a.tar", "a/app:v1", "b/app:v1"),
      [],
      ["docker load --input a.tar && docker run --rm -p 8080:8080 -p 53:53/udp a/app:v1"],
    ],
    [
      "one in Docker",
      { type: "load", tags: ["app:dev"] },
      ["app@sha256:b"],
      ["docker run --rm -p 8080:8080 -p 53:53/udp app:dev"],
    ],
    [
      "one in a registry",
      { type: "push", tags: ["registry.example.com/app:v1"] },
      [reference],
      [
        `docker run --rm -p 8080:8080 -p 53:53/udp ${reference}`,
        `podman run --rm -p 8080:8080 -p 53:53/udp ${reference}`,
        `kubectl create deployment my-app --image=${reference} --port=8080`,
      ],
    ],
    ["nothing that stays", { type: "none" }, [], []],
  ])("of %s", (_, output, images, lines) => {
    expect(runLines(output, plan, { images, isArchiveForAll: true })).toEqual(lines)
  })

  it("say what an archive that is OCI's alone needs", () => {
    const [docker] = runLines(archive("a.tar"), plan, { images: [], isArchiveForAll: false })
    expect(docker).toBe(
      "docker load --input a.tar  # with Docker's containerd image store; else build with --load",
    )
  })

  it("name a deployment as the program that runs, not as the first one", () => {
    const binaries = [{ name: "migrate", installed: "/app/bin/migrate" }, ...plan.binaries]
    const output: Output = { type: "push", tags: ["a"] }
    const [, , kubectl] = runLines(output, { ...plan, binaries } as Plan, {
      images: [reference],
      isArchiveForAll: true,
    })
    expect(kubectl).toContain("create deployment my-app ")
  })

  it("are without a port where the program listens on none", () => {
    const job = { ...plan, image: { ...image, ports: [] } }
    const [docker, , kubectl] = runLines({ type: "push", tags: ["a"] }, job, {
      images: [reference],
      isArchiveForAll: true,
    })
    expect(docker).toBe(`docker run --rm ${reference}`)
    expect(kubectl).toBe(
      `kubectl create deployment my-app --image=${reference}  # or job, if it ends`,
    )
  })
})

/** As BuildKit writes it. */
const chosen = {
  manifest: {
    layers: [30e6, 400_000, 39, 4e6, 20_000].map((size) => ({ size, digest: "", mediaType: "" })),
  },
  config: {
    history: [
      { created_by: "debootstrap" },
      { created_by: "COPY /system/image / # buildkit" },
      { created_by: "WORKDIR /app" },
      { created_by: "COPY /out/image / # buildkit" },
      { created_by: "COPY /assets/image / # buildkit" },
      { created_by: "USER 1000:1000", empty_layer: true },
    ],
  },
} as unknown as ChosenManifest

it("packages of the operating system are no part of the base", () => {
  const install = { created_by: "RUN /bin/sh /mnt/install.sh   ffmpeg # buildkit" }
  const [base = {}, ...steps] = chosen.config.history!
  const [first, ...sizes] = chosen.manifest.layers
  const added = { size: 193e6, digest: "", mediaType: "" }
  const layers = layersOf(
    {
      ...chosen,
      manifest: { ...chosen.manifest, layers: [first!, added, ...sizes] },
      config: { ...chosen.config, history: [base, install, ...steps] },
    },
    "debian:bookworm-slim",
  )
  expect(layers.slice(0, 3)).toEqual([
    { what: "debian:bookworm-slim", size: 30e6, layers: 1 },
    { what: "packages of the operating system", size: 193e6, layers: 1 },
    { what: "certificates, time zones, user", size: 400_000, layers: 1 },
  ])
})

describe("the end of a build", () => {
  const layers = layersOf(chosen, "debian:bookworm-slim")
  const step = (name: string, seconds: number, cached = false) => ({
    ...{ name, seconds, cached, startedAt: 0 },
  })
  const known = {
    platforms: ["linux/amd64"],
    digest: "sha256:a",
    images: [],
    archive: "app.tar",
    layers,
    seconds: 75.4,
    run: ["docker load --input app.tar", "podman run --rm oci-archive:app.tar"],
    steps: [
      step('[build 3/4] RUN ["go","build","./cmd/api"]', 61),
      step('[build 2/4] RUN ["go","mod","download"]', 9),
      step("[build 1/4] WORKDIR /src", 0, true),
      step("[image 1/2] WORKDIR /app", 0.02),
      step("[system 2/2] COPY a b", 0.5),
      step("[web 2/2] RUN npm ci", 3),
    ],
  }

  it("says what was built from what, its size by layer, its time by step, and how it is run", () => {
    expect(summaryLines(summarise(plan, known))).toEqual([
      "built My_App v1.2.3 for linux/amd64: Go 1.25 on debian:bookworm-slim, in 1 min 15 s",
      "size  34.4 MB compressed: debian:bookworm-slim 30.0 MB + certificates, time zones, user 0.4 MB + programs 4.0 MB + files 20.0 kB",
      "time  build: go build ./cmd/api 1 min 01 s; build: go mod download 9.0 s; web: npm ci 3.0 s; 1 of 6 steps cached",
      "run   docker load --input app.tar",
      "      podman run --rm oci-archive:app.tar",
    ])
  })

  it("names packages that took the compiler long, where they took some seconds", () => {
    const slowLine = (...seconds: number[]) => {
      const slow = seconds.map((each, i) => ({
        ...{ package: `example.com/p${i}`, seconds: each, importedBy: [] },
        ...(i === 1 && { isLink: true as const }),
      }))
      const steps = [{ ...step('[build 3/4] RUN ["go","build","."]', 61), slow }]
      return summaryLines(summarise(plan, { ...known, steps })).find((line) => /^slow/.test(line))
    }
    expect(slowLine(4, 3.25, 2, 1)).toBe(
      "slow  example.com/p0 4.0 s; linking example.com/p1 3.3 s; example.com/p2 2.0 s; more: bash script/build why",
    )
    expect(slowLine(1, 1)).toBeUndefined()
  })

  it("says no more than is known", () => {
    const rest = { ...known, layers: undefined }
    const lines = summaryLines(
      summarise({ ...plan, decisions: [] }, { ...rest, platforms: [], run: [], steps: [] }),
    )
    expect(lines).toEqual([
      "built My_App: debian:bookworm-slim, in 1 min 15 s",
      "time  0 of 0 steps cached",
    ])
  })

  it("does not take a base's layers for ours where the history does not tell them apart", () => {
    const config = { ...chosen.config, history: [] }
    expect(layersOf({ ...chosen, config }, "debian:bookworm-slim")).toMatchObject([
      { what: "debian:bookworm-slim", layers: 5 },
    ])
  })
})

it("the newest Go is told by its version, as the program has it", async () => {
  const sections = {
    ".go.buildinfo": makeBuildInfo("go1.27.4", ""),
    ".text": Buffer.alloc(300_000),
  }
  const content = makeElf({ is64: true, isLittle: true }, sections)
  const path = await writeImage({
    layers: [
      await layer({ name: "etc/passwd" }),
      await layer({ name: "app/x", mode: 0o755, content }),
    ],
    history: [
      { created_by: "COPY /system/image / # buildkit" },
      { created_by: "COPY /out/image / # buildkit" },
    ],
  })
  const told = (value: string) =>
    readDelivered(
      archive(path),
      {},
      { ...plan, decisions: [{ what: "Go version", value, from: ".mise.toml:2" }] },
      undefined,
    )
  expect(await told("1 (the newest)")).toMatchObject({ goVersion: "1.27.4" })
  // The plan says it already: the program is not read.
  expect(await told("1.27")).not.toHaveProperty("goVersion")
})
