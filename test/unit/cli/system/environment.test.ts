import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { hostGoEnvironment } from "../../../../cli/system/goenv.js"
import { httpsProxy, proxyBuildArgs } from "../../../../cli/http/proxy.js"
import { temporaryFolder } from "../temporary.js"

afterEach(() => {
  vi.unstubAllEnvs()
})

describe("hostGoEnvironment", () => {
  /** A `go` on PATH that answers `go env -json` with the defaults and these changes. */
  function goSays(changes: Record<string, string>): void {
    const settings = {
      GOPROXY: "https://proxy.golang.org,direct",
      GONOPROXY: changes.GOPRIVATE ?? "",
      GOSUMDB: "sum.golang.org",
      GONOSUMDB: changes.GOPRIVATE ?? "",
      GOPRIVATE: "",
      GOINSECURE: "",
      GOVCS: "",
      ...changes,
    }
    const folder = temporaryFolder()
    const script = `#!${process.execPath}\nconsole.log(${JSON.stringify(JSON.stringify(settings))})`
    writeFileSync(join(folder, "go"), script)
    chmodSync(join(folder, "go"), 0o755)
    vi.stubEnv("PATH", folder)
  }

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["defaults", {}, {}],
    ["another proxy", { GOPROXY: "https://goproxy.io" }, { GOPROXY: "https://goproxy.io" }],
    ["no checksum database", { GOSUMDB: "off" }, { GOSUMDB: "off" }],
    // GONOPROXY and GONOSUMDB follow by themselves.
    ["private modules", { GOPRIVATE: "corp.example" }, { GOPRIVATE: "corp.example" }],
    [
      "private modules from a proxy",
      { GOPRIVATE: "corp.example", GONOPROXY: "none" },
      { GOPRIVATE: "corp.example", GONOPROXY: "none" },
    ],
    [
      "credentials",
      { GOPROXY: "https://me:secret@corp.example/go|https://token@other.example,direct" },
      { GOPROXY: "https://corp.example/go|https://other.example,direct" },
    ],
    [
      "credentials for the default proxy",
      { GOPROXY: "https://me:secret@proxy.golang.org,direct" },
      {},
    ],
  ])("%s", async (_, settings, expected) => {
    goSays(settings)
    expect(await hostGoEnvironment()).toEqual(expected)
  })

  it("knows what is in the environment where there is no Go", async () => {
    vi.stubEnv("PATH", temporaryFolder())
    for (const name of ["GONOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GOINSECURE", "GOVCS"]) {
      vi.stubEnv(name, undefined)
    }
    vi.stubEnv("GOPROXY", "https://corp.example")
    expect(await hostGoEnvironment()).toEqual({ GOPROXY: "https://corp.example" })
  })
})

describe("proxy settings", () => {
  it("become build arguments, whatever their case", () => {
    expect(
      proxyBuildArgs({ http_proxy: "http://p:1", HTTPS_PROXY: "http://p:2", no_proxy: "", X: "y" }),
    ).toEqual({ HTTP_PROXY: "http://p:1", HTTPS_PROXY: "http://p:2" })
  })

  it.each<[NodeJS.ProcessEnv, string, string | undefined]>([
    [{}, "example.com", undefined],
    [{ HTTPS_PROXY: "http://proxy:3128" }, "example.com", "http://proxy:3128/"],
    [{ https_proxy: "proxy:3128" }, "example.com", "http://proxy:3128/"],
    [{ ALL_PROXY: "http://proxy:3128" }, "example.com", "http://proxy:3128/"],
    [{ HTTP_PROXY: "http://proxy:3128" }, "example.com", undefined],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "example.com" }, "example.com", undefined],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "a, .example.com" }, "r.example.com:5000", undefined],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "*" }, "example.com", undefined],
    [{ HTTPS_PROXY: "http://p", NO_PROXY: "ample.com" }, "example.com", "http://p/"],
  ])("%j: %s is reached through %s", (environment, host, proxy) => {
    expect(httpsProxy(host, environment)?.href).toBe(proxy)
  })
})
