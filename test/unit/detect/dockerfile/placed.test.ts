import { describe, expect, it } from "vitest"
import { parseDockerfile } from "../../../../src/detect/dockerfile/dockerfile.js"
import { parseStages } from "../../../../src/detect/dockerfile/instructions.js"
import { copiedOfSource } from "../../../../src/detect/dockerfile/placed.js"

/** `from -> place` for what is of the source; the place alone for what others made. */
const placed = (text: string) => {
  const { ofSource, ofOthers } = parseDockerfile(text, "Dockerfile").placed
  return [
    ...ofSource.map(({ from, value, isInto, isOfStage, folder }) =>
      [from, "->", value, isInto && "into", isOfStage && "made", folder !== "/" && folder]
        .filter(Boolean)
        .join(" "),
    ),
    ...ofOthers.map(({ value }) => value),
  ]
}

describe("what COPY and ADD bring into an image", () => {
  it.each<[string, string[]]>([
    ["COPY a.conf /etc/", ["a.conf -> /etc into"]],
    ["ADD a.conf /etc/b.conf", ["a.conf -> /etc/b.conf"]],
    ["COPY a b /srv", ["a -> /srv into", "b -> /srv into"]],
    ["WORKDIR /srv\nCOPY a .", ["a -> /srv into /srv"]],
    ["WORKDIR /srv\nCOPY a ..", ["a -> / into /srv"]],
    ["WORKDIR /srv\nCOPY a ...", ["a -> /srv/... /srv"]],
    ["WORKDIR /srv\nWORKDIR web\nCOPY a b", ["a -> /srv/web/b /srv/web"]],
    ["COPY a /b\nWORKDIR /srv", ["a -> /b /srv"]],
    ['COPY ["a b", "/srv/"]', ["a b -> /srv into"]],
    ["COPY --chown=1:1 /a/ /srv", ["a -> /srv"]],
    ["COPY ./a/../b /srv", ["b -> /srv"]],
    ["COPY ../a /srv", []],
    ["COPY . /srv", []],
    ["COPY a", []],
    ["COPY <<EOF /a\nb c\nEOF", []],
    ["COPY *.conf a.conf /etc/", []],
    ["ADD https://example.com/a /a", []],
    ["ADD https://example.com/a b /srv/", ["b -> /srv into"]],
    ["RUN cp a /b", []],
  ])("%s", (text, expected) => {
    expect(placed(`FROM debian\n${text}`)).toEqual(expected)
  })

  it.each([
    "/etc/ssl/certs/",
    "/etc/ssl",
    "/etc/pki/a",
    "/etc/passwd",
    "/etc/nsswitch.conf",
    "/etc/mime.types",
    "/usr/share/zoneinfo",
    "/usr/local/share/ca-certificates/a.crt",
    "/usr/local/go/lib/time/zoneinfo.zip",
    "/lib/ld-musl-x86_64.so.1",
    "/tmp/a",
    "/sbin/tini",
    "/tini-static",
    "/usr/bin/dumb-init",
    "/bin/busybox",
    "/bin/sh",
    "/usr/lib/a.so.1.2",
    "/a.wasm",
  ])("are not told of what needs no word: %s", (path) => {
    expect(placed(`FROM debian\nCOPY --from=other ${path} ${path}`)).toEqual([])
  })

  it.each(["/etc/ssl/private/a.pem", "/etc/app.conf", "/srv/tini.conf", "/opt/mytini", "/a.sock"])(
    "are told of %s",
    (path) => {
      expect(placed(`FROM debian\nCOPY --from=other ${path} ${path}`)).toEqual([path])
    },
  )
})

describe("what comes of another stage", () => {
  it.each<[string, string, string[]]>([
    ["an image", "FROM debian", ["/b"]],
    ["a stage for something else", "FROM debian AS s\nWORKDIR /src\nRUN curl -o a b", ["/b"]],
    ["a front end", "FROM node:24 AS s\nWORKDIR /src", []],
    ["a front end by way of another", "FROM bun AS f\nFROM f AS s\nWORKDIR /src", []],
    ["a Go builder", "FROM golang AS s\nWORKDIR /src", ["a -> /b made"]],
    ["another name", "FROM golang AS S\nWORKDIR /src", ["a -> /b made"]],
    ["one that runs go", "FROM debian AS s\nWORKDIR /src\nRUN go build .", ["a -> /b made"]],
    ["one that runs make", "FROM debian AS s\nWORKDIR /src\nRUN make", ["a -> /b made"]],
    ["one that runs mage", "FROM debian AS s\nWORKDIR /src\nRUN mage build", ["a -> /b made"]],
    ["one that runs cmake", "FROM debian AS s\nWORKDIR /src\nRUN rmmake", ["/b"]],
    ["a Go builder elsewhere", "FROM golang AS s\nWORKDIR /go/a", []],
    ["a Go builder at the root", "FROM golang AS s", []],
    ["GOPATH", "FROM golang AS s\nWORKDIR $GOPATH/../src", ["a -> /b made"]],
    ["a folder like it", "FROM golang AS s\nWORKDIR /sr", []],
  ])("%s", (_, stage, expected) => {
    expect(placed(`${stage}\nFROM debian\nCOPY --from=s /src/a /b`)).toEqual(expected)
  })

  it.each<[string, string[]]>([
    ["0", ["a -> /b made"]],
    ["1", []],
    ["2", ["/b"]],
    ["7", ["/b"]],
  ])("by the number %s", (number, expected) => {
    const text = "FROM golang\nWORKDIR /src\nFROM node\nWORKDIR /src\nFROM debian\nRUN true"
    expect(placed(`${text}\nFROM debian\nCOPY --from=${number} /src/a /b`)).toEqual(expected)
  })

  it.each<[string, string, string[]]>([
    ["that only collects", "FROM scratch AS s\nCOPY --from=go /src/a /src/a", ["a -> /b made"]],
    [
      "that collects of several",
      "FROM scratch AS s\nCOPY x /\nCOPY --from=go /a /a",
      ["a -> /b made"],
    ],
    [
      "that does something with it",
      "FROM debian AS s\nCOPY --from=go /src/a /\nRUN upx /a",
      ["/b"],
    ],
    [
      "that collects of a stage further down",
      "FROM golang AS go2\nWORKDIR /src\nFROM scratch AS s\nCOPY --from=go2 /src/a /src/a",
      ["a -> /b made"],
    ],
    [
      "that collects of a later one",
      "FROM scratch AS s\nCOPY --from=go2 /src/a /src/a\nFROM golang AS go2\nWORKDIR /src",
      ["/b"],
    ],
    ["that collects of an image", "FROM scratch AS s\nCOPY --from=debian /a /a", ["/b"]],
    ["that collects of itself", "FROM scratch AS s\nCOPY --from=s /a /a", ["/b"]],
  ])("of one %s", (_, stage, expected) => {
    const go = "FROM golang AS go\nWORKDIR /src"
    expect(placed(`${go}\n${stage}\nFROM debian\nCOPY --from=s /src/a /b`)).toEqual(expected)
  })

  it.each<[string, string[]]>([
    ["COPY . /src", []],
    ["COPY ./ /src/", []],
    ["WORKDIR /src\nCOPY . .", []],
    ["ADD . /src", ["/b"]],
    ["COPY a /src", ["/b"]],
    ["COPY . /src/a", ["/b"]],
    ["COPY --from=x . /src", ["/b"]],
  ])("of one that has the source by %s", (copy, expected) => {
    const stage = `FROM debian AS S\n${copy}\nRUN compile`
    expect(placed(`${stage}\nFROM debian\nCOPY --from=s /src /b`)).toEqual(expected)
  })
})

describe("the files of the source that an image can have", () => {
  const read = (text: string) => copiedOfSource(parseStages(text))
  const go = "FROM golang AS s\nWORKDIR /src\nCOPY web /www/\n"

  it.each<[string, string[] | undefined]>([
    ["FROM debian\nCOPY a b /srv/\nADD c/ /c\nCOPY a /a", ["a", "b", "c"]],
    ['FROM debian\nCOPY ["*.conf", "/etc/"]', ["*.conf"]],
    ["FROM debian\nCOPY . /srv", undefined],
    ["FROM debian\nCOPY $A /srv", undefined],
    ["FROM debian\nCOPY 'a b' /srv", undefined],
    ["FROM debian\nADD https://example.com/a b /srv/", ["b"]],
    ["FROM debian\nCOPY <<EOF /a\nb\nEOF\nCOPY c /c", ["c"]],
    ["FROM debian\nRUN cp a /b", []],
    ["FROM debian\nCOPY --from=busybox /bin/a /b", []],
    ["FROM debian AS s\nRUN make-it\nFROM debian\nCOPY --from=s /a /b", []],
    ["FROM debian AS s\nCOPY --from=busybox /a /a\nFROM debian\nCOPY --from=s /a /b", []],
    ["FROM debian AS s\nCOPY a /a\nFROM debian\nCOPY --from=s /a /b", undefined],
    ["FROM debian AS s\nADD a /a\nFROM debian\nCOPY --from=s /a /b", undefined],
    ["FROM node AS s\nCOPY . .\nFROM debian\nCOPY --from=s /a /b", []],
    [`${go}FROM debian\nCOPY --from=s /src/bin/app /app`, ["bin/app"]],
    [`${go}FROM debian\nCOPY --from=s src/bin/app /app`, ["bin/app"]],
    [`${go}FROM debian\nCOPY --from=s /bin/app /app`, []],
    [`${go}FROM debian\nCOPY --from=s /src /app`, undefined],
    [`${go}FROM debian\nCOPY --from=s / /app`, undefined],
    [`${go}FROM debian\nCOPY --from=s /www/a /app`, ["a", "web/a"]],
    [`${go}FROM debian\nCOPY --from=s /www /app`, undefined],
    [`${go}FROM debian\nCOPY --from=s /www/../web/a /app`, []],
    ["FROM debian\nADD a /b\nWORKDIR /c", ["a"]],
    ["FROM debian AS s\nADD a /a\nRUN x\nFROM golang\nFROM debian\nCOPY --from=S /a /b", undefined],
    [
      "FROM golang AS s\nWORKDIR /src\nADD web /www/\nWORKDIR more\nADD css .\nFROM debian\nCOPY --from=s /www/a /src/more/b /app/",
      ["a", "web/a", "more/b", "css/b"],
    ],
  ])("%s", (text, paths) => {
    expect(read(text)).toEqual(paths)
  })
})
