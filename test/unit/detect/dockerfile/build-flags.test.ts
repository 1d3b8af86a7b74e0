import { describe, expect, it } from "vitest"
import {
  linkedVariable,
  readBuildFlags,
  readLinked,
} from "../../../../src/detect/dockerfile/build-flags.js"
import { parseDockerfile } from "../../../../src/detect/dockerfile/dockerfile.js"
import { parseStages } from "../../../../src/detect/dockerfile/instructions.js"

const read = (...lines: string[]) =>
  readBuildFlags(parseStages(["FROM golang", ...lines].join("\n"))).map(
    ({ environment, flags }) => [
      ...environment.map(([name, value]) => `${name}=${value}`),
      ...flags.map(({ name, value }) => (value === undefined ? `-${name}` : `-${name}=${value}`)),
    ],
  )

describe("the flags of a Dockerfile's go build", () => {
  it.each<[string, string[][]]>([
    ["RUN go build -trimpath -o /a --tags=b .", [["-trimpath", "-o=/a", "-tags=b"]]],
    ["RUN A=1 B= go build", [["A=1", "B="]]],
    ["RUN export A=1 && B=2 xx-go install .", [["A=1", "B=2"]]],
    ["RUN export A=1\nRUN go build", [[]]],
    ["RUN A=1; go build", [[]]],
    ["RUN /usr/local/go/bin/go build -v", [["-v"]]],
    ["RUN go test -v && mygo build && go", []],
    ["RUN go install -v example.com/a@latest", []],
    ["RUN go build -ldflags=a@b .", [["-ldflags=a@b"]]],
    ["RUN go build -v && go build -x", [["-v"], ["-x"]]],
    ["RUN go build -v -buildmode=c-shared -o a.so .", [["-buildmode=c-shared"]]],
    ["RUN A=1 go build -buildmode plugin", [["-buildmode=plugin"]]],
    ["RUN A=1 go build -buildmode pie", [["A=1", "-buildmode=pie"]]],
    ["RUN go build -ldflags", [["-ldflags"]]],
    ["RUN go build -o", [["-o"]]],
    ["COPY go build -v", []],
    // What a variable holds, if these are flags.
    ['ARG F="-s -w"\nRUN go build -ldflags "$F"', [["-ldflags=-s -w"]]],
    ['ENV F="-trimpath -v"\nRUN go build $F', [["-trimpath", "-v"]]],
    ['ENV F="-trimpath -v"\nRUN go build ${F} -x', [["-trimpath", "-v", "-x"]]],
    ["ARG F=\nRUN go build -tags a$F", [["-tags=a"]]],
    ['ARG F=1.2\nRUN go build -ldflags "-X main.v=$F"', [["-ldflags=-X main.v=$F"]]],
    ['RUN go build -ldflags "$UNKNOWN"', [["-ldflags=$UNKNOWN"]]],
    ["RUN F='-X a.b=c' && go build -ldflags \"-s $F\"", [["-ldflags=-s -X a.b=c"]]],
    ['ARG F="main -X a.b=c"\nRUN go build -ldflags "$F"', [["-ldflags=main -X a.b=c"]]],
    ['ARG F="-s"\nARG G="-w $F"\nRUN go build -ldflags "$G"', [["-ldflags=-w -s"]]],
    ['ARG F=-$F\nRUN go build -ldflags "$F"', [["-ldflags=-----$F"]]],
    ["ENV F=-s\nRUN F=-w true\nRUN go build -ldflags $F", [["-ldflags=-s"]]],
    ["ARG F=-s\nRUN go build -o $F", [["-o=-s"]]],
  ])("%s", (text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  it("have their line", () => {
    expect(
      readBuildFlags(parseStages("FROM a\n\nRUN go build\nRUN true")).map((each) => each.line),
    ).toEqual([3])
  })
})

describe("what the linker is told", () => {
  it.each([
    ["-s -w -X main.a=b", ["main.a=b"], false],
    ["-X 'main.a=b c' -X=d.e=f", ["main.a=b c", "d.e=f"], false],
    ["-X a.b=$(git tag (a)) -X b.c=`date -u`", ["a.b=$(git tag (a))", "b.c=`date -u`"], false],
    ["-X main.a=$(a $(b c (d)))", ["main.a=$(a $(b c (d)))"], false],
    ["-linkmode external -extldflags '-static'", [], true],
  ])("%s", (text, linkerValues, staticLink) => {
    expect(readLinked(text)).toMatchObject({ linkerValues, staticLink })
  })

  it("may be what is not honoured, with its command", () => {
    expect(readLinked("-s -foo=$(date -u)").notHonoured).toEqual(["-foo=$(date -u)"])
  })
})

describe("a variable that the linker sets", () => {
  const defaults = new Map([
    ["PKG", "example.com/a"],
    ["BUILT_WITH", "make"],
    ["NONE", ""],
    ["OPEN", "$X"],
  ])
  it.each<[string, string | undefined]>([
    ["main.a=b", "main.a=b"],
    ["main.a=", "main.a="],
    ["example.com/a/b.C_1=d=e", "example.com/a/b.C_1=d=e"],
    ["main.ä=b", "main.ä=b"],
    ["${PKG}/b.c=d", "example.com/a/b.c=d"],
    ["$PKG.c=d", "example.com/a.c=d"],
    ["$MISSING.c=d", undefined],
    ["main=a", undefined],
    ["main.a", undefined],
    ["main.1=a", undefined],
    ["a b.c=d", undefined],
    ["'a'.c=d", undefined],
    // By the command.
    ["main.a=$(git describe --tags)", "main.a={{.Tag}}"],
    ["main.a=$(git rev-parse --short HEAD)", "main.a={{.ShortCommit}}"],
    ["main.version=`git rev-parse HEAD`", "main.version={{.Commit}}"],
    ["main.a=$(date -u +%s)", "main.a={{.Date}}"],
    ["main.a=` date`", "main.a={{.Date}}"],
    ["main.a=$(update)", "main.a"],
    ["main.a=$(legit describe)", "main.a"],
    // By the name of either variable.
    ["main.Version=$A", "main.Version={{.Tag}}"],
    ["a.version/b.c=$A", "a.version/b.c"],
    ["main.a=$VERSION", "main.a={{.Tag}}"],
    ["main.a=${COMMIT}", "main.a={{.Commit}}"],
    ["main.a=$A-$GIT_COMMIT", "main.a={{.Commit}}"],
    ["main.a={{ .Env.VERSION }}", "main.a={{.Tag}}"],
    ["main.a={{ .VERSION }}", "main.a"],
    ["main.buildDate=$A", "main.buildDate={{.Date}}"],
    ["main.treeState=$A", "main.treeState={{.GitTreeState}}"],
    ["main.shortCommit=$A", "main.shortCommit={{.ShortCommit}}"],
    ["main.tag=$A", "main.tag={{.Tag}}"],
    // By what the Dockerfile gives it.
    ["main.a=$BUILT_WITH", "main.a=make"],
    ["main.a=x-${BUILT_WITH}", "main.a=x-make"],
    ["main.a=$NONE", "main.a"],
    ["main.a=$OPEN", "main.a"],
    ["main.a=$BUILT_WITH $MISSING", "main.a"],
  ])("%s", (text, expected) => {
    const found = linkedVariable(text, 7, defaults)
    const shown = found && found.symbol + (found.value === undefined ? "" : `=${found.value}`)
    expect(shown).toBe(expected)
    if (found) expect(found.line).toBe(7)
  })

  it("is one of several that a variable holds", () => {
    const text =
      'FROM golang\nARG LDFLAGS="-s -w -X main.a=1 -X main.b=2"\nRUN go build -ldflags "$LDFLAGS" -o /x .'
    expect(parseDockerfile(text, "Dockerfile").linkerValues.map(({ value }) => value)).toEqual([
      "main.a=1",
      "main.b=2",
    ])
  })

  it("is of the first line that sets it, and of no build without a value that is known", () => {
    const text =
      "FROM golang\nARG P=a.b\nARG Q=1\nRUN go build -ldflags '-X main.a=1 -X main.b=$Q' -o /x\n" +
      "RUN go build -gcflags '-X main.c=1' -ldflags \"-X main.a=2 -X $P.d=3 -X main.e=$(who)\""
    expect(parseDockerfile(text, "Dockerfile").linkerValues).toEqual([
      { value: "main.a=1", file: "Dockerfile", line: 4 },
      { value: "main.b=1", file: "Dockerfile", line: 4 },
      { value: "a.b.d=3", file: "Dockerfile", line: 5 },
    ])
  })
})
