import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { putImage } from "../../../../cli/bases/oci.js"
import { BaseStore } from "../../../../cli/bases/store.js"
import { temporaryFolder } from "../temporary.js"

beforeEach(() => {
  vi.stubEnv("XDG_CACHE_HOME", temporaryFolder())
})

afterEach(() => {
  vi.unstubAllEnvs()
})

function sha256(content: Buffer): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`
}

function tar(): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, "file"), "content")
  execFileSync("tar", ["-cf", "layer.tar", "--mtime=@0", "file"], { cwd: folder })
  return join(folder, "layer.tar")
}

interface Manifest {
  config: { digest: string }
  layers: { digest: string; size: number }[]
}

describe("putImage", () => {
  it("writes an image whose digests hold, the same for the same layer", async () => {
    const store = new BaseStore()
    mkdirSync(store.workspace)
    const layer = tar()
    const digest = await putImage(store, layer, "amd64", { Cmd: ["bash"] })
    const read = (digest: string) => {
      const content = readFileSync(store.blob(digest))
      expect(sha256(content)).toBe(digest)
      return content
    }
    const manifest = JSON.parse(read(digest).toString()) as Manifest
    const packed = read(manifest.layers[0]?.digest ?? "")
    expect(manifest.layers[0]?.size).toBe(packed.length)
    expect(JSON.parse(read(manifest.config.digest).toString())).toMatchObject({
      architecture: "amd64",
      os: "linux",
      config: { Cmd: ["bash"] },
      rootfs: { diff_ids: [sha256(readFileSync(layer))] },
    })
    expect(gunzipSync(packed)).toEqual(readFileSync(layer))
    expect(await putImage(store, layer, "amd64", { Cmd: ["bash"] })).toBe(digest)
  })
})

const said: string[] = []
const about = { image: "debian:bookworm-slim", report: { say: (line: string) => said.push(line) } }

describe.runIf(process.platform === "linux")("BaseStore", () => {
  beforeEach(() => {
    said.length = 0
  })

  const days = 24 * 3600

  /** As if it had been made so many days ago. */
  function age(file: string, count: number): void {
    const seconds = Date.now() / 1000 - count * days - 60
    utimesSync(file, seconds, seconds)
  }

  it("says how old an image is, and makes it anew after a month", async () => {
    const store = new BaseStore()
    const making = vi.fn(make(store))
    await store.get("debian", making, about)
    await store.get("debian", making, about)
    expect(said).toEqual([])
    const record = join(store.folder, "records", "debian")
    age(record, 29)
    await store.get("debian", making, about)
    // Once, however many images stand on it.
    await store.get("debian", making, about)
    expect(said).toEqual(["debian:bookworm-slim: made on this machine 29 days ago"])
    expect(making.mock.calls).toEqual([[undefined]])
    age(record, 30)
    await store.get("debian", making, about)
    expect(making.mock.calls).toEqual([[undefined], ["30 days old"]])
    await store.get("debian", making, about)
    expect(making).toHaveBeenCalledTimes(2)
  })

  it("removes what no image has any more, but for what was replaced just now", async () => {
    const store = new BaseStore()
    const blobs = join(store.folder, "blobs/sha256")
    const image = (os: string) => () => putImage(store, tar(), os, {})
    const first = await store.get("debian", image("first"), about)
    const left = (digest: string) => existsSync(store.blob(digest))
    const renew = async (os: string) => {
      age(join(store.folder, "records", "debian"), 30)
      return store.get("debian", image(os), about)
    }
    const other = await store.get("other", image("other"), about)
    const second = await renew("second")
    expect([first, second, other].map(({ digest }) => left(digest))).toEqual([true, true, true])
    age(join(store.folder, "records", "other"), 90)
    const third = await renew("third")
    expect([first, second, third, other].map(({ digest }) => left(digest))).toEqual([
      ...[false, true, true, false],
    ])
    // Two manifests and configurations, and the layer that both have.
    expect(readdirSync(blobs)).toHaveLength(5)
  })

  it("uses an old image where it cannot be made anew, and tries again the next day", async () => {
    const store = new BaseStore()
    const layout = await store.get("debian", make(store), about)
    age(join(store.folder, "records", "debian"), 40)
    const failing = vi.fn(() => Promise.reject(new Error("no mirror\nmore")))
    expect(await store.get("debian", failing, about)).toEqual(layout)
    expect(said).toEqual([
      "debian:bookworm-slim could not be made again, so the existing one is used: no mirror",
      "debian:bookworm-slim: made on this machine 40 days ago",
    ])
    expect(await store.get("debian", failing, about)).toEqual(layout)
    expect(failing).toHaveBeenCalledTimes(1)
    age(join(store.folder, "tried-debian"), 1)
    expect(await store.get("debian", failing, about)).toEqual(layout)
    expect(failing).toHaveBeenCalledTimes(2)
  })

  const make = (store: BaseStore) => () => putImage(store, tar(), "amd64", {})

  it("makes an image once, also for processes at the same time", async () => {
    const store = new BaseStore()
    const making = vi.fn(make(store))
    expect(store.isEmpty).toBe(true)
    const layouts = await Promise.all(
      // Each with a store of its own, as processes have.
      [1, 2, 3].map(() => new BaseStore().get("debian", making, about)),
    )
    expect(making).toHaveBeenCalledTimes(1)
    expect(new Set(layouts.map(({ digest }) => digest)).size).toBe(1)
    expect(new BaseStore().find("debian")).toEqual(layouts[0])
    expect(store.isEmpty).toBe(false)
  })

  it("makes it again where its blobs are gone", async () => {
    const store = new BaseStore()
    const { digest } = await store.get("debian", make(store), about)
    rmSync(store.blob(digest))
    expect(store.find("debian")).toBeUndefined()
    expect(await store.get("debian", make(store), about)).toMatchObject({ digest })
  })

  it("starts with an empty workspace, and leaves none", async () => {
    const store = new BaseStore()
    mkdirSync(store.workspace)
    writeFileSync(join(store.workspace, "left by a process that was killed"), "")
    const making = vi.fn(() => {
      expect(readdirSync(store.workspace)).toEqual([])
      return make(store)()
    })
    await store.get("debian", making, about)
    expect(making).toHaveBeenCalledTimes(1)
    expect(existsSync(store.workspace)).toBe(false)
  })

  it("keeps no record of a failure, and lets the next one try", async () => {
    const store = new BaseStore()
    await expect(store.get("debian", () => Promise.reject(new Error("no")), about)).rejects.toThrow(
      "no",
    )
    expect(store.find("debian")).toBeUndefined()
    await store.get("debian", make(store), about)
  })
})
