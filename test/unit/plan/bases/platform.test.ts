import { expect, it } from "vitest"
import { crossCompiler } from "../../../../src/plan/go/cross-compiler.js"
import { parsePlatform, platformSuffix } from "../../../../src/plan/bases/platform.js"

it.each([
  ["linux/amd64,linux/arm64", "publish --platforms takes several"],
  ["windows/amd64", "Write linux/amd64, "],
])("%s is no platform of one image, and what to do is said", (value, hint) => {
  const parse = () => parsePlatform({ value, from: "project.toml:2" })
  expect(parse).toThrow(hint)
})

it.each([
  "linux/mips",
  "darwin/arm64",
  "linux/amd64/v5",
  "linux/arm/v8",
  "linux/arm64/v9",
  "linux/amd64/v1/x",
  "linux/386/v6",
  "linux",
])("%s is no platform that there is", (value) => {
  expect(() => parsePlatform({ value, from: "a" })).toThrow("no such platform")
})

it.each([
  ["linux/amd64", "amd64"],
  ["linux/amd64/v1", "amd64"],
  ["linux/amd64/v3", "amd64v3"],
  ["linux/arm64/v8", "arm64"],
  ["linux/arm", "armv7"],
  ["linux/arm/v6", "armv6"],
  ["linux/riscv64", "riscv64"],
])("%s is called %s, as BuildKit has it", (platform, suffix) => {
  expect(platformSuffix(platform)).toBe(suffix)
})

it.each([
  ["linux/amd64", {}],
  ["linux/amd64/v3", { GOAMD64: "v3" }],
  ["linux/arm/v6", { GOARM: "6" }],
  ["linux/arm64/v8", { GOARM64: "v8.0" }],
])("%s is what Go is told of its variant: %j", (value, expected) => {
  const found = parsePlatform({ value, from: "--platform" })
  const steps = Object.entries({ GOARCH: value.split("/")[1], ...expected })
  expect(found?.environment).toEqual(
    steps.map(([name, value]) => ({ type: "environment", name, value })),
  )
})

it.each([
  ["linux/amd64", "x86_64-linux-gnu-gcc", "amd64", "x86_64-linux-gnu"],
  ["linux/arm64", "aarch64-linux-gnu-gcc", "arm64", "aarch64-linux-gnu"],
  ["linux/arm/v7", "arm-linux-gnueabihf-gcc", "armhf", "arm-linux-gnueabihf"],
  ["linux/arm/v6", "arm-linux-gnueabi-gcc", "armel", "arm-linux-gnueabi"],
  ["linux/386", "i686-linux-gnu-gcc", "i386", "i386-linux-gnu"],
])("%s is compiled for by %s", (value, cc, debian, folder) => {
  const platform = parsePlatform({ value, from: "--platform" })
  const found = platform && crossCompiler(platform)
  expect(found?.cc).toBe(cc)
  expect(found?.debianArchitecture).toBe(debian)
  expect(found?.pkgConfigPath).toBe(`/usr/lib/${folder}/pkgconfig:/usr/share/pkgconfig`)
})
