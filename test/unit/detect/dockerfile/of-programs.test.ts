import { describe, expect, it } from "vitest"
import { factsOf, mains, project, type Files } from "../../support/project.js"

const dockerfileOf = async (text: string, files: Files = mains(".")) =>
  (await factsOf(project({ ...files, Dockerfile: text }))).dockerfile

const go = "FROM golang AS b\nWORKDIR /src\n"

describe("a Dockerfile is of the program", () => {
  const twoPrograms = mains("./cmd/a", "./cmd/b")
  it.each<[string, string, Files, boolean]>([
    ["that it builds", `${go}RUN go build -o /x .`, mains("."), true],
    ["that it names, of several", `${go}RUN go build -o /x ./cmd/a`, twoPrograms, true],
    ["that it has as a word", "FROM debian\nCOPY hello /usr/bin/", mains("."), true],
    ["of several that are all built, if Go is built", "FROM golang\nRUN make", twoPrograms, true],
    ["not by a part of a word", "FROM debian\nCOPY hello-world /usr/bin/", mains("."), false],
    ["that is the only one, if Go is built", "FROM golang\nRUN make", mains("."), true],
    ["beside helpers", "FROM golang\nRUN make", mains(".", "./tools/x"), true],
    ["not of something else", "FROM debian\nRUN apt-get install -y git", mains("."), false],
  ])("%s", async (_, text, files, isOf) => {
    expect((await dockerfileOf(text, files)) !== undefined).toBe(isOf)
  })
})

describe("its build tags are", () => {
  it.each<[string, string[] | undefined, string | undefined]>([
    ["RUN go build -tags a,b .", ["a", "b"], undefined],
    ["RUN go build -tags 'a b' . && go build -tags a,b -o /x .", ["a", "b"], undefined],
    ["RUN go build -tags a . && go build -tags b -o /x .", undefined, undefined],
    ["RUN go build -tags a . && go build -o /x .", undefined, undefined],
    ["RUN go build . && go build -tags a -o /x .", undefined, undefined],
    ["RUN go build -tags musl,a .", ["a"], undefined],
    ["RUN go build -tags musl,dynamic .", undefined, undefined],
    ["RUN go build -tags $TAGS .", undefined, "$TAGS"],
    ["RUN go build -tags a$TAGS .", undefined, "a$TAGS"],
    ["RUN go build . && go build -tags a,$TAGS -o /x .", undefined, "a,$TAGS"],
    ["RUN go build -tags '' .", undefined, undefined],
  ])("%s", async (text, tags, open) => {
    const found = await dockerfileOf(go + text)
    expect([found?.buildTags?.value, found?.openTags?.value]).toEqual([tags, open])
    for (const each of [found?.buildTags, found?.openTags]) if (each) expect(each.line).toBe(3)
  })
})

describe("its image runs", () => {
  it.each<[string, object | undefined]>([
    [
      'ENTRYPOINT ["/srv/server", "-v"]\nCMD ["x"]',
      { name: "server", entryArguments: ["-v"], defaultArguments: ["x"] },
    ],
    ['CMD ["/server", "x"]', { name: "server", entryArguments: [], defaultArguments: ["x"] }],
    ['ENTRYPOINT ["/start.sh"]', undefined],
    ['ENTRYPOINT ["/docker-entrypoint"]', undefined],
    ['ENTRYPOINT ["/bin/sh", "x"]', undefined],
    ['ENTRYPOINT ["tini"]', undefined],
    ['ENTRYPOINT ["/usr/sbin/gosu"]', undefined],
    ['ENTRYPOINT ["/mytini"]', { name: "mytini", entryArguments: [], defaultArguments: [] }],
  ])("%s", async (text, expected) => {
    const found = await dockerfileOf(`${go}RUN make\nFROM debian\n${text}`)
    if (expected === undefined) expect(found?.run).toBeUndefined()
    else expect(found?.run).toMatchObject(expected)
  })
})

it("its image runs none of several programs that it does not name", async () => {
  const text = `${go}RUN make\nFROM debian\nENTRYPOINT ["/server"]`
  expect((await dockerfileOf(text, mains("./cmd/a", "./cmd/b")))?.run).toBeUndefined()
})

describe("it has in other places", () => {
  const files = {
    ...mains("."),
    "conf/a.yaml": "",
    "conf/b/c.yaml": "",
    LICENSE: "",
    "docs/a.md": "",
  }
  it.each<[string, string[], string[]]>([
    ["COPY conf/a.yaml /etc/", ["conf/a.yaml -> /etc/a.yaml as etc/a.yaml"], []],
    ["COPY conf /etc/", ["conf -> /etc as etc"], []],
    ["WORKDIR /srv\nCOPY conf/a.yaml .", ["conf/a.yaml -> /srv/a.yaml as a.yaml"], []],
    ["COPY LICENSE docs/a.md main.go go.mod /srv/", [], []],
    ["COPY missing.yaml /etc/", [], []],
    ["COPY --from=b /src/conf/a.yaml /etc/x", ["conf/a.yaml -> /etc/x as etc/x"], []],
    ["COPY --from=b /src/made.json /etc/", [], ["/etc/made.json"]],
    ["COPY --from=b /src/made /etc/", [], []],
    ["COPY --from=b /src/made.exe /etc/", [], []],
    ["COPY --from=b /src/made.abcdef /etc/", [], []],
    ["COPY --from=busybox /bin/a /bin/hello /bin/", [], ["/bin/a"]],
  ])("%s", async (text, ofSource, ofOthers) => {
    const found = await dockerfileOf(
      `${go}COPY . .\nRUN go build -o /hello .\nFROM debian\n${text}`,
      files,
    )
    expect(
      found?.placed.ofSource.map(({ from, value, as }) => `${from} -> ${value} as ${as}`),
    ).toEqual(ofSource)
    expect(found?.placed.ofOthers.map(({ value }) => value)).toEqual(ofOthers)
  })
})
