import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"
import { buildOnDebian } from "./volumes.js"

const reference = "registry.example.com/team/base:v1"
const certificate = "-----BEGIN CERTIFICATE-----\\nT3VyIGNvbXBhbnk=\\n-----END CERTIFICATE-----\\n"

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})

afterAll(() => rmSync(folder, { recursive: true }))

it.each([
  ["in Debian's place", "/etc/ssl/certs/ca-certificates.crt", "mkdir -p /etc/ssl/certs"],
  [
    "as Red Hat has it",
    "/etc/pki/tls/certs/ca-certificates.crt",
    "rm -rf /etc/ssl/certs && mkdir -p /etc/pki/tls/certs /etc/ssl && ln -s ../pki/tls/certs /etc/ssl/certs",
  ],
])("a base of one's own keeps its certificates and PATH: %s", async (name, bundle, prepare) => {
  const path = join(folder, name)
  mkdirSync(path)
  await buildOnDebian(
    `ENV PATH=/opt/tool/bin:/usr/bin:/bin\nRUN ${prepare} && printf %b '${certificate}' >/etc/ssl/certs/ca-certificates.crt\n`,
    { type: "layout", path },
  )
  const archive = join(folder, "app.tar")
  const { code, stderr } = await script([
    ...["examples/orders", "--runtime", reference, "--base-layout", `${reference}=${path}`],
    ...["--output", archive],
  ])
  expect(code, stderr).toBe(0)
  const image = await readImage(archive)
  expect(image.run.Env).toContain("PATH=/app/bin:/opt/tool/bin:/usr/bin:/bin")
  const text = (await image.readFile(bundle)).toString()
  const [first = "", ...others] = text.split(/(?<=-----END CERTIFICATE-----\n)/)
  expect(first).toContain("T3VyIGNvbXBhbnk=")
  // And the builder's, each once.
  expect(others.length).toBeGreaterThan(100)
  expect(new Set(others).size).toBe(others.length)
})
