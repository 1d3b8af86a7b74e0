import { describe, expect, it } from "vitest"

import { resolveUser } from "../../../../cli/run/user.js"

const passwd = `root:x:0:0:root:/root:/bin/bash
app:x:1000:1001::/app:/usr/sbin/nologin

# a comment
123:x:2000:2000::/:
`
const group = `root:x:0:
audio:x:29:app,other
app:x:1001:
games:x:60:other,apple
video:x:44:app
`

describe("the user of an image", () => {
  const cases: [user: string, uid: number, gid: number, additionalGids: number[]][] = [
    ["", 0, 0, []],
    ["root", 0, 0, []],
    ["app", 1000, 1001, [29, 44]],
    ["1000", 1000, 1001, [29, 44]],
    ["app:games", 1000, 60, []],
    ["app:7", 1000, 7, []],
    ["1000:1000", 1000, 1000, []],
    ["65532", 65532, 0, []],
    ["65532:audio", 65532, 29, []],
    // A number is a number, also where a user has it as a name.
    ["123", 123, 0, []],
  ]
  for (const [user, uid, gid, additionalGids] of cases) {
    it(`${JSON.stringify(user)} is ${uid}:${gid}`, () => {
      expect(resolveUser(user, passwd, group)).toEqual({ uid, gid, additionalGids })
    })
  }

  it("may be a number where there are no users at all", () => {
    const expected = { uid: 65532, gid: 65532, additionalGids: [] }
    expect(resolveUser("65532:65532", "", "")).toEqual(expected)
  })

  it("must be known when it is a name, as must its group", () => {
    expect(() => resolveUser("ap", passwd, group)).toThrow("user ap is not in its /etc/passwd")
    expect(() => resolveUser("app:no", passwd, group)).toThrow("group no is not in its /etc/group")
  })
})
