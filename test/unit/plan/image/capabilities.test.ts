import { describe, expect, it } from "vitest"

import { encodeCapabilities, parseCapabilities } from "../../../../src/plan/image/capabilities.js"
import { messageOf } from "../../support/errors.js"

const parse = (...value: string[]) => parseCapabilities({ value, from: "--capabilities" })

describe("capabilities are written as the kernel has them", () => {
  // What `setcap` of libcap 2.66 writes, as `getfattr -e hex` shows it.
  it.each([
    [["cap_net_bind_service=ep"], "0100000200040000000000000000000000000000"],
    [["cap_net_raw,cap_net_admin=p"], "0000000200300000000000000000000000000000"],
    [["cap_setuid,cap_bpf=eip"], "0100000280000000800000008000000080000000"],
    [["cap_bpf=i"], "0000000200000000000000000000000080000000"],
  ])("%j is %s", (text, value) => {
    expect(encodeCapabilities(parse(...text))).toBe(value)
  })

  it.each([
    ["a name alone is permitted and effective", ["cap_net_bind_service"]],
    ["in capitals", ["CAP_NET_BIND_SERVICE=ep"]],
    ["without cap_", ["net_bind_service"]],
    ["with a plus", ["cap_net_bind_service+ep"]],
    ["twice", ["net_bind_service", "cap_net_bind_service=pe"]],
  ])("%s", (_, text) => {
    expect(encodeCapabilities(parse(...text))).toBe("0100000200040000000000000000000000000000")
  })

  it("several, in any of the ways to say it", () => {
    const together = parse("cap_net_raw,cap_net_admin")
    expect(parse("cap_net_raw", "cap_net_admin")).toEqual(together)
    expect(parse("cap_net_admin cap_net_raw=ep")).toEqual(together)
  })
})

describe("refused is", () => {
  it.each([
    "cap_fly",
    "",
    ",",
    "cap_net_raw=x",
    "=ep",
    "cap_net_raw,=ep",
    "all=ep",
    "cap_net_raw-ep",
  ])("%j", (text) => {
    expect(messageOf(() => parse(text))).toBe(
      `not a capability: ${JSON.stringify(text)} (--capabilities)\n` +
        "Write the name of a Linux capability, such as cap_net_bind_service, or a text as for setcap, such as cap_net_raw,cap_net_admin=p.",
    )
  })

  it("a file with some effective, and others not", () => {
    expect(messageOf(() => parse("cap_net_raw=ep", "cap_net_admin=p"))).toBe(
      "some capabilities are effective, others not (--capabilities)\n" +
        "A file has all of them effective (=ep), or none (=p).",
    )
  })
})
