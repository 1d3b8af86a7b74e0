import { execFileSync } from "node:child_process"
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from "node:fs"
import { rmSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Bundle } from "../../../../cli/run/bundle.js"
import { DockerVolumes } from "../../../../cli/run/volumes/docker-volumes.js"
import { fillVolumes, volumePaths, volumesIn } from "../../../../cli/run/volumes/volumes.js"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-unit-"))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe("volumePaths", () => {
  it("has each once, what is inside of another after it, and not all of the image", () => {
    const Volumes = { "/data/sub/": {}, "/data": {}, data: {}, "/": {} }
    expect(volumePaths({ Volumes })).toEqual(["/data", "/data/sub"])
    expect(volumePaths({})).toEqual([])
  })
})

describe("fillVolumes", () => {
  it("fills a new volume with what the image has there, through no link, and leaves one alone that is there", () => {
    const bundle = new Bundle()
    try {
      mkdirSync(bundle.path("rootfs/data/sub"), { recursive: true })
      writeFileSync(bundle.path("rootfs/data/sub/seed"), "of the image")
      chmodSync(bundle.path("rootfs/data"), 0o1770)
      mkdirSync(join(folder, "host"))
      writeFileSync(join(folder, "host/secret"), "of this machine")
      symlinkSync(join(folder, "host"), bundle.path("rootfs/link"))
      const config = { Volumes: { "/data": {}, "/none": {}, "/link": {} } }
      const volumes = volumesIn(join(folder, "volumes"), config)
      const [data, link, none] = volumes.map((each) => each.folder) as [string, string, string]
      const fill = () => {
        const [command = "", ...args] = fillVolumes(bundle, volumes)
        return execFileSync(command, [...args, "echo", "then", "--"], { encoding: "utf8" })
      }
      expect(fill()).toBe("then --\n")
      expect(readFileSync(join(data, "sub/seed"), "utf8")).toBe("of the image")
      expect(statSync(data).mode & 0o7777).toBe(0o1770)
      expect([link, none].map((each) => readdirSync(each))).toEqual([[], []])

      writeFileSync(join(data, "sub/seed"), "by the program")
      fill()
      expect(readFileSync(join(data, "sub/seed"), "utf8")).toBe("by the program")
      expect(existsSync(join(data, "data"))).toBe(false)
      expect(fillVolumes(bundle, [])).toEqual([])
    } finally {
      bundle.remove()
    }
  })
})

describe("DockerVolumes", () => {
  it("has a volume of the same name for the same path of each image, and removes all", async () => {
    // Docker, as far as it is asked.
    const docker = `#!/bin/sh\necho "$@" >>${folder}/asked\n[ "$1" = volume ] || echo '{"/data":{}}'\n`
    writeFileSync(join(folder, "docker"), docker, { mode: 0o755 })
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`)
    try {
      const volumes = new DockerVolumes("dev-1")
      const first = await volumes.of("image:1")
      expect(first).toEqual([expect.stringMatching(/^dev-1-\w+:\/data$/)])
      expect(await volumes.of("image:2")).toEqual(first)
      await volumes.remove()
      await volumes.remove()
      const asked = readFileSync(join(folder, "asked"), "utf8").trimEnd().split("\n").slice(2)
      expect(asked).toEqual([`volume rm --force ${first[0]?.replace(":/data", "")}`])
    } finally {
      vi.unstubAllEnvs()
    }
  })
})
