import { describe, expect, it } from "vitest"
import {
  copyNotices,
  elsewhereOf,
  findCopies,
  type AssetCopy,
} from "../../../../src/detect/assets/copies.js"

const files = ["config.yaml", "configs/.env", "configs/dev.yaml", "prod.yaml", "web/index.html"]
const source = {
  files,
  isSecret: (file: string) => file.endsWith(".env"),
  outputs: [],
  hasHooks: false,
}
const find = (text: string, more: Partial<Parameters<typeof findCopies>[1]> = {}) =>
  findCopies({ value: [text], from: "--copy" }, { ...source, ...more })[0]

describe("copy", () => {
  it.each([
    [
      "config.yaml=/etc/app/config.yaml",
      { kind: "file", path: "config.yaml", to: "/etc/app/config.yaml" },
    ],
    ["./config.yaml=/config.yaml", { kind: "file", path: "config.yaml", to: "/config.yaml" }],
    ["config.yaml=/etc/app/", { kind: "file", path: "config.yaml", to: "/etc/app/config.yaml" }],
    ["web=/srv/web", { kind: "directory", path: "web", to: "/srv/web" }],
    ["web/=/srv/web/", { kind: "directory", path: "web", to: "/srv/web" }],
    ["configs=/c", { kind: "directory", path: "configs", to: "/c", secrets: [".env"] }],
    // Asked for by its name.
    ["configs/.env=/c/.env", { kind: "file", path: "configs/.env", to: "/c/.env" }],
  ])("%s", (text, expected) => {
    expect(find(text)).toEqual(expected)
  })

  it.each([
    ...["", "config.yaml", "=/etc/app", "config.yaml=", "config.yaml=etc/app", "config.yaml=/"],
    ...[
      "config.yaml=/a b",
      "config.yaml=/a/../b",
      "config.yaml=/a//b",
      "/config.yaml=/a",
      ".=/srv",
    ],
    ...["../config.yaml=/a", "web/../../a=/a", "config.yaml=/proc/a", "config.yaml=/dev/null"],
  ])("%j is refused", (text) => {
    expect(() => find(text)).toThrow(
      `not a copy: ${JSON.stringify(text)} (--copy)\nWrite SOURCE=PATH`,
    )
  })

  it("names what was meant", () => {
    expect(() => find("confg.yaml=/a")).toThrow(
      "no such file or folder in the project: confg.yaml (--copy)\nDid you mean config.yaml?",
    )
    expect(() => find("entirely-different=/a")).toThrow("below the folder of go.mod")
  })

  it("takes what hooks and front ends make, which is not there yet", () => {
    expect(find("out/=/srv", { hasHooks: true })).toEqual({
      kind: "directory",
      path: "out",
      to: "/srv",
    })
    expect(find("out=/srv", { hasHooks: true })).toEqual({ kind: "file", path: "out", to: "/srv" })
    const outputs = [{ kind: "directory" as const, path: "dist" }]
    expect(find("dist=/srv", { outputs })).toEqual({ kind: "directory", path: "dist", to: "/srv" })
  })

  it("of nothing is nothing", () => {
    expect(findCopies(undefined, source)).toEqual([])
  })

  it("of a file by its name that may be a secret is told, of a folder with one not", () => {
    const copies = ["configs/.env=/a", "config.yaml=/b", "configs=/c"].map((text) => find(text))
    expect(copyNotices(copies as AssetCopy[], source.isSecret)).toEqual([
      { file: "configs/.env", message: "is in the image, but may be a secret" },
    ])
  })

  it("what it copies, and what would be in a copy's place, is not below the working directory", () => {
    const copies: AssetCopy[] = [
      { kind: "file", path: "prod.yaml", to: "/app/config.yaml" },
      { kind: "directory", path: "configs", to: "/srv", secrets: [".env"] },
    ]
    const elsewhere = elsewhereOf(copies, files, "/app")
    expect([...elsewhere.files]).toEqual(["prod.yaml", "configs/dev.yaml", "config.yaml"])
    expect(elsewhere.paths).toEqual(["prod.yaml", "configs", "config.yaml"])
  })
})
