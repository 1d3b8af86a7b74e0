import { execFileSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { putImage } from "../../../cli/bases/oci.js"
import { BaseStore } from "../../../cli/bases/store.js"
import { temporaryFolder } from "./temporary.js"

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

describe.runIf(process.platform === "linux")("BaseStore", () => {
  const make = (store: BaseStore) => () => putImage(store, tar(), "amd64", {})

  it("makes an image once, also for processes at the same time", async () => {
    const store = new BaseStore()
    const making = vi.fn(make(store))
    expect(store.isEmpty).toBe(true)
    const layouts = await Promise.all(
      // Each with a store of its own, as processes have.
      [1, 2, 3].map(() => new BaseStore().get("debian", making)),
    )
    expect(making).toHaveBeenCalledTimes(1)
    expect(new Set(layouts.map(({ digest }) => digest)).size).toBe(1)
    expect(new BaseStore().find("debian")).toEqual(layouts[0])
    expect(store.isEmpty).toBe(false)
  })

  it("makes it again where its blobs are gone", async () => {
    const store = new BaseStore()
    const { digest } = await store.get("debian", make(store))
    rmSync(store.blob(digest))
    expect(store.find("debian")).toBeUndefined()
    expect(await store.get("debian", make(store))).toMatchObject({ digest })
  })

  it("starts with an empty workspace, and leaves none", async () => {
    const store = new BaseStore()
    mkdirSync(store.workspace)
    writeFileSync(join(store.workspace, "left by a process that was killed"), "")
    const making = vi.fn(() => {
      expect(readdirSync(store.workspace)).toEqual([])
      return make(store)()
    })
    await store.get("debian", making)
    expect(making).toHaveBeenCalledTimes(1)
    expect(existsSync(store.workspace)).toBe(false)
  })

  it("keeps no record of a failure, and lets the next one try", async () => {
    const store = new BaseStore()
    await expect(store.get("debian", () => Promise.reject(new Error("no")))).rejects.toThrow("no")
    expect(store.find("debian")).toBeUndefined()
    await store.get("debian", make(store))
  })
})
