import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest"
import { prepareReferrers, type Document } from "../../../../cli/attest/attach.js"
import { manifestType, type Descriptor } from "../../../../cli/image/oci.js"
import { RegistryClient } from "../../../../cli/image/registry/registry-client.js"
import { parseReference } from "../../../../src/reference.js"
import { Registry } from "../../../conformance/registry.js"

const subject: Descriptor = { mediaType: manifestType, digest: `sha256:${"0".repeat(64)}`, size: 2 }
const sbom: Document = { mediaType: "application/spdx+json", content: "{}\n" }
const provenance: Document = { mediaType: "application/vnd.in-toto+json", content: "[]\n" }

let registry: Registry

beforeEach(async () => {
  registry = await Registry.start()
})

afterEach(() => registry.stop())

function client(): RegistryClient {
  return new RegistryClient(parseReference(`${registry.host}/team/shop`), "pull,push")
}

/** What the registry was asked meanwhile: `PUT manifests`. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  registry.requests.length = 0
  await work()
  return registry.requests.map((each) => each.replace(/\/v2\/team\/shop\/(\w+).*/, "$1")).sort()
}

describe("prepareReferrers", () => {
  it("sends what is new before the image is there, and attaches it with one request each", async () => {
    let attach: (() => Promise<void>) | undefined
    const before = await asked(async () => {
      attach = await prepareReferrers(client(), subject, [sbom, provenance])
    })
    expect(before).toEqual([
      "GET referrers",
      "HEAD blobs",
      ...Array<string>(3).fill("POST blobs"),
      ...Array<string>(3).fill("PUT blobs"),
    ])
    expect(registry.referrers(subject.digest)).toEqual([])
    expect(await asked(() => attach!())).toEqual(["PUT manifests", "PUT manifests"])
    expect(registry.referrers(subject.digest)).toHaveLength(2)
  })

  it("asks for what is there, and sends that alone which is not", async () => {
    await (
      await prepareReferrers(client(), subject, [sbom])
    )()
    const again = await asked(async () => (await prepareReferrers(client(), subject, [sbom]))())
    expect(again).toEqual(["GET referrers"])
    const other = await asked(async () =>
      (await prepareReferrers(client(), subject, [sbom, provenance]))(),
    )
    expect(other).toEqual([
      "GET referrers",
      "HEAD blobs",
      "POST blobs",
      "PUT blobs",
      "PUT manifests",
    ])
  })
})

it("asks for another token where one has expired meanwhile, and gives up where that is of no use", async () => {
  let tokens = 0
  let valid = (token: number) => token === tokens
  const server = createServer(({ url = "", headers }, response) => {
    if (url.startsWith("/token")) return response.end(JSON.stringify({ token: String(++tokens) }))
    const token = Number(/^Bearer (\d+)$/.exec(headers.authorization ?? "")?.[1] ?? 0)
    if (token > 0 && valid(token)) return response.end("{}")
    const challenge = `Bearer realm="http://${headers.host}/token",service="here"`
    return response.writeHead(401, { "www-authenticate": challenge }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  onTestFinished(() => void server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const reading = new RegistryClient(parseReference(`${host}/team/shop`), "pull,push")
  await (await reading.get("manifests/v1")).text()
  expect(tokens).toBe(1)
  // What was given is no longer of use; the next one is.
  valid = (token) => token > 1
  await (await reading.get("manifests/v1")).text()
  expect(tokens).toBe(2)
  valid = () => false
  await expect(reading.get("manifests/v1")).rejects.toThrow("401")
  expect(tokens).toBe(3)
})
