import { describe, expect, it } from "vitest"
import { detect } from "../../../../src/detect/detect.js"
import { commitState, parseHead, parseRefs } from "../../../../src/detect/git/git-refs.js"
import { mainRemote, webAddress } from "../../../../src/detect/git/remote-url.js"
import type { GitAnswer } from "../../../../src/git-state.js"
import type { Options } from "../../../../src/options.js"
import { MemorySource } from "../../support/memory-source.js"
import { mains, project } from "../../support/project.js"

const [one, two] = ["1".repeat(40), "2".repeat(64)]
const files = project(mains("."))

const ask = async (options: Options, answer?: GitAnswer, source = files) => {
  const { facts } = await detect(new MemorySource(source), {
    options,
    environment: {},
    git: () => Promise.resolve(answer ?? {}),
  })
  return { git: facts.git, notices: facts.notices.map(({ message }) => message) }
}

const state = {
  revision: one,
  time: "2025-03-01T09:30:00Z",
  modified: true,
  tags: ["v1.0.0"],
  remote: "https://example.com/a",
  from: "Git",
}

describe("what is known of the commit", () => {
  it.each<[string, Options, GitAnswer | undefined, object | undefined]>([
    ["what Git says", {}, { state }, state],
    ["nothing, if nobody wants it", { stamp: "off", revision: one }, { state }, undefined],
    ["nothing, if nobody knows it", {}, {}, undefined],
    [
      "what somebody else says, of the whole repository",
      {},
      { state: { ...state, from: "variable" } },
      { ...state, from: "variable", rootModule: "example.com/hello" },
    ],
    [
      "the commit that is given",
      { revision: two },
      undefined,
      { revision: two, tags: [], from: "--revision", rootModule: "example.com/hello" },
    ],
    [
      "of another commit than Git's, the remote alone",
      { revision: two },
      { state },
      {
        revision: two,
        tags: [],
        remote: state.remote,
        from: "--revision",
        rootModule: "example.com/hello",
      },
    ],
    [
      "of the same commit, all that Git says",
      { revision: one, gitTag: "v2.0.0" },
      { state },
      { ...state, tags: ["v2.0.0"], from: "--revision", rootModule: "example.com/hello" },
    ],
    [
      "another time",
      { revisionTime: "2025-03-01T10:30:00.5+01:00" },
      { state: { ...state, time: "2020-01-01T00:00:00Z" } },
      { ...state, from: "--revision-time", rootModule: "example.com/hello" },
    ],
    [
      "another tag",
      { gitTag: "api/v1.0" },
      { state },
      { ...state, tags: ["api/v1.0"], from: "--git-tag", rootModule: "example.com/hello" },
    ],
  ])("is %s", async (_, options, answer, expected) => {
    expect((await ask(options, answer)).git).toEqual(expected)
  })

  it.each([
    ["2025-03-01T09:30:00Z", "2025-03-01T09:30:00Z"],
    ["2025-03-01T10:30:00+01:00", "2025-03-01T09:30:00Z"],
    ["2025-03-01T07:30:00-0200", "2025-03-01T09:30:00Z"],
    ["1740821400", "2025-03-01T09:30:00Z"],
    ["0", "1970-01-01T00:00:00Z"],
  ])("has the time %s", async (revisionTime, time) => {
    expect((await ask({ revisionTime }, { state })).git?.time).toBe(time)
  })

  it.each([
    "yesterday",
    "2025-03-01",
    "2025-03-01T09:30:00",
    "2025-03-01T09:30:00Z!",
    " 2025-03-01T09:30:00Z",
    "2025-13-01T09:30:00Z",
    "2025-03-01T09:30:00+0x:00",
    "-1",
    "17408214001740",
  ])("has no time %j", async (revisionTime) => {
    await expect(ask({ revisionTime }, { state })).rejects.toThrow(
      `not a time: ${JSON.stringify(revisionTime)} (--revision-time)`,
    )
  })

  it.each([
    "main",
    one.slice(1),
    `${one}1`,
    `${one} `,
    one.replace("1", "g"),
    one.replace("1", "A"),
  ])("has no hash %j", async (revision) => {
    await expect(ask({ revision })).rejects.toThrow("not the hash of a commit")
  })

  it.each([
    "a b",
    "a..b",
    "a@{b",
    "-a",
    "/a",
    ".a",
    "a/",
    "a.",
    "a.lock",
    "a~",
    "a^",
    "a:",
    "a?",
    "a*",
    "a[",
    "a\\b",
  ])("has no tag %j", async (gitTag) => {
    await expect(ask({ gitTag }, { state })).rejects.toThrow("not the name of a tag")
  })

  it.each(["a.locked", "a@b", "a{b", "v1.2.3-rc.1", "a/b-c"])("has the tag %j", async (gitTag) => {
    expect((await ask({ gitTag }, { state })).git?.tags).toEqual([gitTag])
  })

  it("is not known by a time or a tag alone", async () => {
    await expect(ask({ revisionTime: "0" })).rejects.toThrow(
      "the commit is not known (--revision-time)",
    )
    await expect(ask({ gitTag: "v1" })).rejects.toThrow("the commit is not known (--git-tag)")
  })

  it("is told why it is not, unless it is given", async () => {
    expect((await ask({}, { notice: "no commit yet" })).notices).toContain("no commit yet")
    expect((await ask({ revision: one }, { notice: "no commit yet" })).notices).not.toContain(
      "no commit yet",
    )
  })
})

describe("the references that Git lists", () => {
  const output = [
    "refs/heads/fix/a\0c1\0\x001740821400\0*",
    "refs/tags/v1.0.0\0c1\0\x001740821400\0 ",
    "refs/tags/api/v1.0.0\0o1\0c0\0\0 ",
    "refs/tags/b\0c1\0\x001\0 ",
    "refs/heads/v9.9.9\0c0\0\x001\0 ",
    "",
  ].join("\n")
  const refs = parseRefs(output)

  it("are branches and tags, with their commits", () => {
    expect(refs).toEqual([
      { name: "fix/a", isTag: false, commit: "c1", seconds: 1740821400, isHead: true },
      { name: "v1.0.0", isTag: true, commit: "c1", seconds: 1740821400, isHead: false },
      { name: "api/v1.0.0", isTag: true, commit: "c0", isHead: false },
      { name: "b", isTag: true, commit: "c1", seconds: 1, isHead: false },
      { name: "v9.9.9", isTag: false, commit: "c0", seconds: 1, isHead: false },
    ])
  })

  it("say of a commit which tags it has, and which the ones before it", () => {
    expect(commitState({ commit: "c1", seconds: 1740821400 }, refs)).toEqual({
      revision: "c1",
      time: "2025-03-01T09:30:00Z",
      tags: ["b", "v1.0.0"],
      earlierTags: ["api/v1.0.0"],
    })
    expect(commitState({ commit: "c1", seconds: 0 }, refs.slice(0, 2))).not.toHaveProperty(
      "earlierTags",
    )
  })

  it.each([
    ["a1b2 17\n", { commit: "a1b2", seconds: 17 }],
    ["a1b2", undefined],
    ["x a1b2 17", undefined],
    ["a1b2 17 x", undefined],
    ["", undefined],
  ])("and of what is checked out otherwise: %j", (text, head) => {
    expect(parseHead(text)).toEqual(head)
  })
})

describe("the address of a repository for others", () => {
  it.each([
    ["http://example.com/a.git", "http://example.com/a"],
    ["http://example.com:80/a//", "http://example.com/a"],
    ["git+ssh://a@example.com:22/b", "https://example.com/b"],
    ["git+https://example.com/b.github", "https://example.com/b.github"],
    ["example.com:22/a", undefined],
    ["me@host:a", undefined],
    ["httpss://example.com/a", undefined],
    ["xhttps://example.com/a", undefined],
    ["ssh:///a", undefined],
    ["ssh://example.com/", undefined],
  ])("%s", (address, expected) => {
    expect(webAddress(address)).toBe(expected)
  })

  it("is none of two that have other names", () => {
    expect(mainRemote(new Map([["a", "1"]]))).toBe("1")
    expect(
      mainRemote(
        new Map([
          ["a", "1"],
          ["b", "2"],
        ]),
      ),
    ).toBeUndefined()
    expect(
      mainRemote(
        new Map([
          ["a", "1"],
          ["origin", "2"],
        ]),
      ),
    ).toBe("2")
  })
})
