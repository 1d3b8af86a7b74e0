import { describe, expect, it } from "vitest"
import {
  parseDockerfileGo,
  parseMise,
  parseToolVersions,
} from "../../../../src/detect/modules/tool-versions.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"
import type { Notice } from "../../../../src/found.js"

const read = (parse: typeof parseMise, text: string) => {
  const notices: Notice[] = []
  const found = parse(text, "file", notices)
  return {
    found: found && [found.value, found.line],
    notices: notices.map(({ message }) => message),
  }
}

describe("mise.toml says", () => {
  it.each<[string, unknown, string[]]>([
    ['[tools]\ngo = "1.25"\n', ["1.25", 2], []],
    ["[tools]\nnode = '22'\n\"core:go\" = '1.25.3'\n", ["1.25.3", 3], []],
    ['[tools]\ngo = ["1.25", "1.24"]\n', ["1.25", 2], []],
    ['[tools]\ngo = { version = "prefix:1.24" }\n', ["1.24", 2], []],
    ['[tools.go]\nversion = "1.25"\n', ["1.25", 1], []],
    ['[tools]\ngo = { prefix = "1.24" }\n', ["1.24", 2], []],
    ['[tools]\ngo = [{ version = "1.24" }]\n', ["1.24", 2], []],
    ['[tools]\ngo.version = "1.24"\n', ["1.24", 2], []],
    ['tools.go = "1.24"\n', ["1.24", 1], []],
    ['[tools]\ngo = "latest"\n', ["latest", 2], []],
    ['[tools]\ngo = "system"\n', undefined, ["no version of Go, skipped: system"]],
    ['[tools]\nnode = "22"\n', undefined, []],
    ['[env]\ngo = "1.25"\n', undefined, []],
    ["tools = 1\n", undefined, []],
    ["[tools\n", undefined, ["not TOML, skipped"]],
  ])("%j", (text, found, notices) => {
    expect(read(parseMise, text)).toEqual({ found, notices })
  })
})

describe(".tool-versions says", () => {
  it.each<[string, unknown, string[]]>([
    ["golang 1.25.3\n", ["1.25.3", 1], []],
    ["nodejs 22\ngo   1.25 1.24 system\n", ["1.25", 2], []],
    ["# golang 1.24\r\ngolang 1.25.3 # why\r\n", ["1.25.3", 2], []],
    ["golang path:/opt/go\n", undefined, ["no version of Go, skipped: path:/opt/go"]],
    ["golangci-lint 1.60\n", undefined, []],
    ["golang\n", undefined, []],
  ])("%j", (text, found, notices) => {
    expect(read(parseToolVersions, text)).toEqual({ found, notices })
  })
})

describe("a Dockerfile says", () => {
  it.each<[string, unknown]>([
    ["FROM golang:1.25\n", ["1.25", 1]],
    ["FROM golang:v1.25.13-alpine\n", ["1.25.13", 1]],
    ["FROM debian\nfrom golang:1.25.3-alpine3.22 AS build\n", ["1.25.3", 2]],
    ["FROM --platform=$BUILDPLATFORM docker.io/library/golang:1.25@sha256:abc\n", ["1.25", 1]],
    ["ARG GO_VERSION=1.24\nFROM golang:${GO_VERSION}-bookworm\n", ["1.24", 2]],
    ["FROM golang:${GO_VERSION:-1.23}\n", ["1.23", 1]],
    ['ARG V="1.24"\nFROM golang:$V\n', ["1.24", 2]],
    ["FROM golang:latest\n", undefined],
    ["FROM golang:alpine\n", undefined],
    ["FROM example.com/not-golang:1.25\n", undefined],
    ["# FROM golang:1.25\n", undefined],
    ["FROM golang:$UNKNOWN\n", undefined],
  ])("%j", (text, expected) => {
    const found = parseDockerfileGo(text, "Dockerfile")
    expect(found && [found.value, found.line]).toEqual(expected)
  })
})

it("whatever the text, it is read, and in a time that grows with its length", () => {
  const pieces = [
    "FROM ",
    "ARG ",
    "golang:",
    "1.25",
    "-",
    "${",
    "}",
    "$V",
    "=",
    "[tools]",
    "go",
    '"',
    "\n",
  ]
  const all = (text: string) => {
    parseDockerfileGo(text, "a")
    parseToolVersions(text, "a", [])
  }
  fc.assert(
    fc.property(junk(...pieces), (text) => {
      all(text)
      parseMise(text, "a", [])
    }),
  )
  expect(
    findSlowInput(all, "FROM ", "FROM golang:", "ARG A=", "golang ", "FROM golang:${"),
  ).toBeUndefined()
})
