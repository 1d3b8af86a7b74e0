import { describe, expect, it } from "vitest"
import { cModuleOf } from "../../../../src/detect/code/c-modules.js"
import { detectIn, main, project, type Files } from "../../support/project.js"

async function uses(files: Files, options = {}) {
  const { facts } = await detectIn(project(files), options)
  return facts.cgo?.map(({ path, file, line, isRequired, isOptional }) => [
    path,
    `${file}:${line}`,
    isOptional ? "optional" : isRequired,
  ])
}

const withC = (name: string) => `package ${name}\n\n// int x;\nimport "C"\n`
const importing = (path: string) =>
  `package main\n\nimport _ "${path}"\n\nfunc main() { println() }\n`

describe("C is found", () => {
  it.each<[string, Files, unknown]>([
    ["nowhere", { "main.go": main }, undefined],
    [
      "in the program",
      { "main.go": withC("main") + main.slice("package main".length) },
      [["C", "main.go:4", true]],
    ],
    [
      "in a package that it imports",
      { "main.go": importing("example.com/hello/c"), "c/c.go": withC("c") },
      [["C", "c/c.go:4", true]],
    ],
    [
      "beside Go that does without",
      { "main.go": main, "c.go": withC("main") },
      [["C", "c.go:4", false]],
    ],
    ["in no package that it does not import", { "main.go": main, "c/c.go": withC("c") }, undefined],
    [
      "in no file for another system",
      { "main.go": main, "c_windows.go": withC("main") },
      undefined,
    ],
    [
      "in no comment and no string",
      { "main.go": `${main}\n/*\nimport "C"\n*/\nvar a = \`\nimport "C"\n\`\n` },
      undefined,
    ],
    [
      "in a module that is known to need it",
      { "main.go": importing("github.com/DataDog/zstd") },
      [["github.com/DataDog/zstd", "main.go:3", true]],
    ],
    [
      "in one that compiles without",
      { "main.go": importing("github.com/mattn/go-sqlite3") },
      [["github.com/mattn/go-sqlite3", "main.go:3", false]],
    ],
    [
      "where a module is imported only with cgo, as something to have or not",
      {
        "main.go": main,
        "driver.go": `//go:build cgo\n\n${importing("github.com/mattn/go-sqlite3").replace(/\nfunc.*/, "")}`,
      },
      [["github.com/mattn/go-sqlite3", "driver.go:5", "optional"]],
    ],
    [
      "in two files, of which one is for builds with C alone",
      {
        "main.go": importing("github.com/mattn/go-sqlite3"),
        "driver.go": `//go:build cgo\n\n${importing("github.com/mattn/go-sqlite3").replace(/\nfunc.*/, "")}`,
      },
      [["github.com/mattn/go-sqlite3", "main.go:3", false]],
    ],
    [
      "first as such, then of modules, each in the first file that has it",
      {
        "main.go": importing("github.com/DataDog/zstd"),
        "z.go": withC("main"),
        "y.go": withC("main"),
        "x.go": 'package main\n\n// import "C"\n',
      },
      [
        ["C", "y.go:4", false],
        ["github.com/DataDog/zstd", "main.go:3", true],
      ],
    ],
    [
      "where there is no program without it",
      { "main.go": `//go:build cgo\n\n${importing("github.com/mattn/go-sqlite3")}` },
      [["github.com/mattn/go-sqlite3", "main.go:5", true]],
    ],
  ])("%s", async (_, files, expected) => {
    expect(await uses(files)).toEqual(expected)
  })
})

it.each([
  ["github.com/mattn/go-sqlite3", "github.com/mattn/go-sqlite3"],
  ["github.com/libgit2/git2go/v34", "github.com/libgit2/git2go"],
  ["gopkg.in/confluentinc/confluent-kafka-go.v1/kafka", "gopkg.in/confluentinc/confluent-kafka-go"],
  [
    "github.com/confluentinc/confluent-kafka-go/v2/kafka",
    "github.com/confluentinc/confluent-kafka-go",
  ],
  [
    "github.com/golang-migrate/migrate/v4/database/sqlite3",
    "github.com/golang-migrate/migrate/database/sqlite3",
  ],
  ["github.com/golang-migrate/migrate/v4/database/sqlite", undefined],
  ["github.com/google/gopacket", undefined],
  ["github.com/mattn/go-sqlite3-extra", undefined],
  ["C", undefined],
  ["", undefined],
])("%s is of %s", (path, module) => {
  expect(cModuleOf(path)?.path).toBe(module)
})

describe("a module that does not work without C is known by its import:", () => {
  it.each<[string, string, string?]>([
    ["github.com/libgit2/git2go/v34", "it links to libgit2", "libgit2-dev libgit2-1.5"],
    ["github.com/h2non/bimg", "it links to libvips", "libvips-dev libvips42"],
    ["github.com/davidbyttow/govips/v2/vips", "it links to libvips", "libvips-dev libvips42"],
    ["gopkg.in/hraban/opus.v2", "it links to Opus", "libopusfile-dev libopusfile0"],
    [
      "gopkg.in/gographics/imagick.v3/imagick",
      "it links to ImageMagick",
      "libmagickwand-dev libmagickwand-6.q16-6",
    ],
    ["github.com/google/gopacket/pcap", "it links to libpcap", "libpcap-dev libpcap0.8"],
    ["github.com/pebbe/zmq4", "it links to ZeroMQ", "libzmq3-dev libzmq5"],
    ["github.com/ceph/go-ceph/rados", "it links to librados", "librados-dev librados2"],
    ["github.com/yalue/onnxruntime_go", "it opens ONNX Runtime at run time"],
    ["github.com/miekg/pkcs11", "it opens a PKCS #11 module at run time"],
    ["github.com/confluentinc/confluent-kafka-go/v2/kafka", "librdkafka comes with it as C"],
    ["github.com/marcboeker/go-duckdb", "DuckDB comes with it as C"],
    ["rogchap.com/v8go", "V8 comes with it as C"],
    ["gorm.io/driver/sqlite", "it uses go-sqlite3"],
  ])("%s", (path, reason, debian) => {
    const found = cModuleOf(path)
    expect(found?.reason).toBe(reason)
    expect(found?.debian && `${found.debian.build} ${found.debian.runtime}`).toBe(debian)
  })

  it.each([
    "github.com/libgit2",
    "github.com/libgit2/git2goes",
    "github.com/google/gopacket",
    "example.com/github.com/pebbe/zmq4",
    "gorm.io/driver/mysql",
    "",
  ])("not %s", (path) => {
    expect(cModuleOf(path)).toBeUndefined()
  })
})
