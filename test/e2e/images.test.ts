import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, beforeAll, describe, expect, it } from "vitest"

import { readImage, type Image } from "../read-image.js"
import { runImage } from "../../cli/run/container.js"
import { waitForHttp } from "../../cli/run/http.js"
import { availableBuilders } from "./builders.js"
import { cases, expectedEnvironment, expectedPorts, type ImageCase } from "./cases.js"
import { isStaticProgram } from "./elf.js"
import { contents } from "./layer-contents.js"
import { prepareRuntime } from "./runtime.js"

beforeAll(prepareRuntime)

/** The base images have one layer each. */
const baseLayers = 1

/** Of the build, and never of an image; in no layer, not even in one that a later layer covers. */
const leftOut = [
  /\.go$/,
  /(^|\/)go\.(mod|sum|work)$/,
  /(^|\/)(vendor|testdata|\.git|internal|cmd|docs)\//,
  /(^|\/)(Dockerfile|Makefile|Procfile|README\.md|\.env|\.gitignore)$/,
  /^usr\/local\/go\//,
  /^(go|src|out|root)\//,
]

for (const builder of availableBuilders()) {
  describe(`images built with ${builder.name}`, () => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    for (const imageCase of cases) {
      describe(imageCase.name, () => {
        let image: Image
        beforeAll(async () => {
          image = await readImage(await builder.build(imageCase, folder))
        })
        describeImage(imageCase, () => image)
      })
    }
  })
}

function describeImage(expected: ImageCase, image: () => Image): void {
  it("has the files that it needs below /app, and no others", () => {
    const app = [...image().files]
      .filter(([path]) => path === "/app" || path.startsWith("/app/"))
      .map(([path, { type, mode, uid, gid }]) => [
        path,
        `${type} ${mode.toString(8)} ${uid}:${gid}`,
      ])
    expect(Object.fromEntries(app)).toEqual(expected.app)
  })

  it("has certificates, time zones and its user", async () => {
    const certificates = await image().readFile("/etc/ssl/certs/ca-certificates.crt")
    expect(certificates.toString()).toContain("-----BEGIN CERTIFICATE-----")
    const zone = await image().readFile("/usr/share/zoneinfo/Europe/Berlin")
    expect(zone.subarray(0, 4).toString()).toBe("TZif")
    const passwd = await image().readFile("/etc/passwd")
    expect(passwd.toString()).toMatch(/^app:x:1000:1000:[^:]*:\/app:/m)
    expect((await image().readFile("/etc/group")).toString()).toMatch(/^app:x:1000:/m)
  })

  it("has nothing of the project or of the Go toolchain in any layer", async () => {
    const found: string[] = []
    for (const layer of image().layers.slice(baseLayers)) {
      for await (const { header, content } of contents(image(), layer)) {
        const holdsSecret = expected.secret !== undefined && content.includes(expected.secret)
        if (holdsSecret || leftOut.some((name) => name.test(header.name))) found.push(header.name)
      }
    }
    expect(found).toEqual([])
  })

  it("has static programs", async () => {
    for (const program of expected.programs) {
      expect(isStaticProgram(await image().readFile(program)), program).toBe(true)
    }
  })

  it("is configured to run", () => {
    const { User, WorkingDir, Env, ExposedPorts, Entrypoint, Cmd, Labels } = image().run
    expect({
      user: User,
      folder: WorkingDir,
      environment: Env,
      ports: ExposedPorts,
      entrypoint: Entrypoint ?? [],
      command: Cmd ?? [],
      labels: ownLabels(Labels),
    }).toEqual({
      user: "1000:1000",
      folder: "/app",
      // The base image may bring more.
      environment: expect.arrayContaining(expectedEnvironment(expected)) as string[],
      ports: expectedPorts(expected),
      entrypoint: expected.entrypoint,
      command: expected.command,
      labels: expected.labels,
    })
  })

  it(`adds less than ${expected.maxMegabytes} MB to its base`, () => {
    const added = image()
      .layers.slice(baseLayers)
      .reduce((sum, { size }) => sum + size, 0)
    expect(added).toBeLessThan(expected.maxMegabytes * 1e6)
  })

  it("runs, and ends with exit code 0 when it is asked to", async () => {
    let output = ""
    const container = await runImage({
      image: image(),
      onOutput: (chunk) => (output += chunk.toString()),
    })
    try {
      if (expected.run.serves) {
        const url = `http://127.0.0.1:${await container.publish(8080)}`
        await waitForHttp(url, container)
        await expected.run.check({ url, output: () => output })
      } else {
        await expect.poll(() => output, { timeout: 10_000 }).toContain(expected.run.prints)
      }
    } finally {
      expect(await container.stop()).toBe(0)
    }
  })
}

/** Without those that say where an image comes from, which labels.test.ts and stamp.test.ts look at. */
function ownLabels(labels: Record<string, string> = {}): Record<string, string> {
  const isOwn = ([name]: [string, string]) => !name.startsWith("org.opencontainers.image.")
  return Object.fromEntries(Object.entries(labels).filter(isOwn))
}
