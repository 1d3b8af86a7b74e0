import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { describe, expect, it } from "vitest"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"
import { importDockerfile } from "../../../../../cli/commands/import/dockerfile/dockerfile.js"
import type { KnownImage } from "../../../../../cli/commands/import/dockerfile/known-image.js"
import { importProject } from "../../../../../cli/commands/import/import.js"
import { temporaryFolder } from "../../temporary.js"

const nothing: KnownImage = { missing: [], stamped: [], buildTags: [] }

/** Option, status and what is written, of the lines after FROM. */
function rows(text: string, known = nothing) {
  return importDockerfile(text, "Dockerfile", known)
    .filter(({ option }) => !option.startsWith("FROM") && option !== "no USER")
    .map(({ option, status, writes }) => [option, status, writes ?? {}])
}

const build = (line: string) => `FROM golang:1.25 AS build\n${line}\nFROM debian:bookworm-slim\n`
const flagsOf = (line: string, known = nothing) =>
  rows(build(line), known).filter(([option]) => option !== "RUN go build")
const linked = "go build -ldflags -X"
const set = (value: string) => [[linked, "setting", { linkerValues: [value] }]]

describe("a go build line's flags", () => {
  it.each([
    ['RUN go build -ldflags "-X main.mode=prod"', set("main.mode=prod")],
    [`RUN go build -ldflags="-X 'main.name=a b'"`, set("main.name=a b")],
    ["RUN go build -ldflags=-X=main.mode=prod", set("main.mode=prod")],
    ['RUN go build -ldflags "-X main.version=${V}"', set("main.version={{.Tag}}")],
    ['RUN go build -ldflags "-X main.rev=$GIT_COMMIT"', set("main.rev={{.Commit}}")],
    ['RUN go build -ldflags "-X main.v=$(git describe --tags)"', set("main.v={{.Tag}}")],
    [
      'RUN go build -ldflags "-X main.r=$(git rev-parse --short HEAD)"',
      set("main.r={{.ShortCommit}}"),
    ],
    ['RUN go build -ldflags "-X main.at=$(date -u +%F)"', set("main.at={{.Date}}")],
    ['ARG MODE=prod\nRUN go build -ldflags "-X main.mode=$MODE"', set("main.mode=prod")],
    ['ENV P=a.b/c\nRUN go build -ldflags "-X $P.mode=x"', set("a.b/c.mode=x")],
    // Flags that a variable holds, of the file or of the shell.
    ['ARG F="-X main.mode=prod"\nRUN go build -ldflags "$F"', set("main.mode=prod")],
    ['RUN F="-X main.mode=prod" && go build -ldflags "${F}"', set("main.mode=prod")],
    ["ARG F='-ldflags=-X=main.mode=prod'\nRUN go build $F", set("main.mode=prod")],
  ])("%s", (line, expected) => {
    expect(flagsOf(line).filter(([option]) => option === linked)).toEqual(expected)
  })

  it.each([
    ['-ldflags "-X main.mode=$MODE"', linked, "not supported", {}],
    ['-ldflags "-X $P.mode=x"', linked, "not supported", {}],
    ["-ldflags '-s -w'", "go build -ldflags -s -w", "automatic", {}],
    [
      `-ldflags '-extldflags "-static"'`,
      "go build -ldflags -extldflags",
      "setting",
      { staticLink: true },
    ],
    ["-ldflags=-race", "go build -ldflags", "not supported", {}],
    ["-ldflags $(cat f)", "go build -ldflags", "not supported", {}],
    ["-tags netgo,osusergo", "go build -tags", "setting", { buildTags: ["netgo", "osusergo"] }],
    ["-tags=musl", "go build -tags", "automatic", {}],
    ["-tags $TAGS", "go build -tags", "not supported", {}],
    ["-trimpath", "go build -trimpath", "automatic", {}],
    ["-o /app", "go build -trimpath", "automatic", {}],
    ["-pgo=auto", "go build -pgo", "automatic", {}],
    ["-race", "go build flags", "not supported", {}],
    ["-gcflags=all=-N", "go build flags", "not supported", {}],
    ["-gcflags 'all=-N -l'", "go build flags", "not supported", {}],
  ])("%s", (flags, option, status, writes) => {
    expect(flagsOf(`RUN go build ${flags} .`)).toEqual([[option, status, writes]])
  })

  it.each([
    ["CGO_ENABLED=0", "CGO_ENABLED", "automatic", {}],
    ["GOOS=linux", "GOOS, GOARCH", "automatic", {}],
    ["GOARCH=$TARGETARCH", "GOOS, GOARCH", "automatic", {}],
    ["GOARCH=arm64", "GOOS, GOARCH", "not supported", {}],
    [
      "GOEXPERIMENT=jsonv2",
      "GOEXPERIMENT",
      "setting",
      { buildEnvironment: ["GOEXPERIMENT=jsonv2"] },
    ],
    ["GOAMD64=v3", "GOEXPERIMENT", "setting", { buildEnvironment: ["GOAMD64=v3"] }],
    ["GOPROXY=direct", "GOPROXY", "not supported", {}],
    ["GOPRIVATE=a.b/*", "GOPRIVATE", "setting", { privateModules: ["a.b/*"] }],
    ["GOWORK=off", "GOWORK", "setting", { goWork: "off" }],
    ["GOFLAGS=-tags=x", "GOFLAGS", "setting", { buildTags: ["x"], linkerValues: [] }],
    ["GOFLAGS=-mod=vendor", "GOFLAGS", "setting", {}],
    ["GO111MODULE=on", "GOCACHE", "automatic", {}],
  ])("%s, by itself, exported, as ENV or as ARG", (text, option, status, writes) => {
    const expected = [[option, status, writes]]
    expect(flagsOf(`RUN ${text} go build .`)).toEqual(expected)
    expect(flagsOf(`RUN export ${text} && go build .`)).toEqual(expected)
    expect(flagsOf(`ENV ${text}`)).toEqual(expected)
    expect(flagsOf(`ARG ${text}`)).toEqual(expected)
  })

  it("for a static program need no line where the program has no C", () => {
    const line = `RUN go build -ldflags '-extldflags "-static"'`
    expect(flagsOf(line, { ...nothing, isWithoutC: true })).toEqual([
      ["go build -ldflags -extldflags", "automatic", {}],
    ])
  })

  it.each([
    ["go install github.com/acme/tool/cmd/tool@v1.2.3", "RUN go install", "not supported"],
    ["go install -tags a github.com/acme/tool@latest", "RUN go install", "not supported"],
    ["go install ./cmd/api", "RUN go build", "automatic"],
  ])("RUN %s", (line, option, status) => {
    expect(rows(build(`RUN ${line}`))[0]).toEqual([option, status, {}])
  })

  it("that are set anyway need no line", () => {
    const known = { ...nothing, stamped: ["main.version"], buildTags: ["netgo"] }
    expect(
      flagsOf('RUN go build -tags netgo -ldflags "-X main.version=$V -X main.mode=a"', known),
    ).toEqual([
      ["go build -tags", "automatic", {}],
      [linked, "automatic", {}],
      [linked, "setting", { linkerValues: ["main.mode=a"] }],
    ])
  })

  it("of a library are none of the program's", () => {
    expect(flagsOf("RUN CGO_ENABLED=1 go build -tags x -buildmode=c-shared -o a.so .")).toEqual([
      ["go build flags", "not supported", {}],
    ])
  })

  it("have the line that they stand in", () => {
    const text = build("RUN CGO_ENABLED=0 \\\n  go build \\\n  -ldflags '-X main.mode=a' \\\n  .")
    expect(importDockerfile(text, "Dockerfile").map(({ option, line }) => [option, line])).toEqual([
      ["FROM golang", 1],
      ["RUN go build", 2],
      ["CGO_ENABLED", 2],
      [linked, 4],
      ["FROM debian", 6],
      ["no USER", 6],
    ])
  })
})

describe("an instruction of the image", () => {
  it.each([
    ["RUN apk add --no-cache ca-certificates tini", "RUN of usual packages", "automatic", {}],
    ["RUN apk add git curl", "RUN apk add", "setting", "git curl"],
    ["RUN apk add git vips bash", "RUN apk add", "setting", "git libvips42"],
    ["RUN apk add bash ca-certificates", "RUN of usual packages", "automatic", {}],
    ["RUN apk add kubectl", "RUN apk add of another name", "not supported", {}],
    ["RUN apt-get update && apt-get install -y git", "RUN apt-get install", "setting", "git"],
    ["RUN useradd app", "RUN adduser", "automatic", {}],
    ["RUN chown app /app", "RUN chmod", "automatic", {}],
    ["RUN wget -qO- https://a.b | sh", "RUN", "not supported", {}],
    ["ADD https://a.b/c /c", "ADD of an address", "not supported", {}],
    ["ADD a /a", "ADD", "automatic", {}],
    ["USER 65532:65532", "USER", "setting", { user: "65532:65532" }],
    ["USER nobody", "USER by name", "automatic", {}],
    ["USER 0", "USER root", "not supported", {}],
    ["ENV PORT=80", "ENV PORT", "automatic", {}],
    ["ENV A=$HOME", "ENV", "not supported", {}],
    ["ARG TARGETARCH", "ARG TARGETPLATFORM", "automatic", {}],
    ["ARG X=1", "ARG", "not supported", {}],
    ["EXPOSE 80", "EXPOSE", "automatic", {}],
    ["EXPOSE $X", "EXPOSE", "not supported", {}],
    ["HEALTHCHECK CMD /app check", "HEALTHCHECK of a command", "not supported", {}],
    ["LABEL org.opencontainers.image.revision=a", "LABEL org.opencontainers", "automatic", {}],
    ["LABEL org.opencontainers.image.title=$T", "LABEL org.opencontainers", "automatic", {}],
    [
      'LABEL org.opencontainers.image.title="a b" org.opencontainers.image.version=1',
      "LABEL",
      "setting",
      { label: ["org.opencontainers.image.title=a b"] },
    ],
    ["ENTRYPOINT /app --port $PORT", "ENTRYPOINT in a shell", "not supported", {}],
    ['CMD ["/app"]', "CMD", "automatic", {}],
  ])("%s", (line, option, status, writes) => {
    const expected = typeof writes === "string" ? { osPackages: writes.split(" ") } : writes
    expect(rows(`FROM debian\n${line}\n`)).toEqual([[option, status, expected]])
  })

  it.each(['ENTRYPOINT ["/sbin/tini", "--", "/app"]', 'ENTRYPOINT ["dumb-init", "/app"]'])(
    "%s says what an init is here",
    (line) => {
      expect(rows(`FROM debian\n${line}\n`)).toEqual([
        ["ENTRYPOINT tini", "automatic", {}],
        ["ENTRYPOINT", "automatic", {}],
      ])
    },
  )

  const image = (...lines: string[]) =>
    ["FROM golang AS b", "RUN go build -o /x .", "FROM debian", ...lines, 'ENTRYPOINT ["/x"]'].join(
      "\n",
    )
  const workdirs = (text: string) => rows(text).filter(([option]) => option === "WORKDIR")

  it.each([
    ["the folder that it has here", ["WORKDIR /app"], [["automatic", {}]]],
    ["one that files are copied to", ["WORKDIR /srv", "COPY web ./web"], [["automatic", {}]]],
    [
      "one that a program is copied to",
      ["WORKDIR /root/", "COPY --from=b /x ."],
      [["automatic", {}]],
    ],
    [
      "one with nothing of the project",
      ["COPY --from=b /x /x", "WORKDIR /data"],
      [["setting", { workingDirectory: "/data" }]],
    ],
    [
      "the last one",
      ["WORKDIR /a", "COPY --from=b /x /x", "WORKDIR b"],
      [
        ["automatic", {}],
        ["setting", { workingDirectory: "/a/b" }],
      ],
    ],
    ["one that is not known", ["ARG D", "WORKDIR $D"], [["automatic", {}]]],
  ])("say of WORKDIR what is done: %s", (_, lines, expected) => {
    expect(workdirs(image(...lines)).map(([, ...rest]) => rest)).toEqual(expected)
  })

  it("say of a program for another system that it is not built, and of ARG's names what each is", () => {
    const text = build("ARG TARGETOS TARGETARCH\nRUN GOOS=windows go build -o /y .")
    expect(rows(text).slice(0, 3)).toEqual([
      ["ARG TARGETPLATFORM", "automatic", {}],
      ["ARG TARGETPLATFORM", "automatic", {}],
      ["RUN go build", "not supported", {}],
    ])
    expect(rows(build("RUN GOOS=linux go build -o /y ."))[0]).toEqual([
      "RUN go build",
      "automatic",
      {},
    ])
    expect(rows(build("RUN GOOS=$TARGETOS go build -o /y ."))[0]?.[1]).toBe("automatic")
  })

  it.each([
    ["adduser -S -u 10001 -G app app", "app", "10001:10001"],
    ["addgroup -S -g 101 web && adduser -S -G web -u 10001 app", "app", "10001:101"],
    ["groupadd --gid=7 web; useradd --uid 10001 -g web -m app", "app", "10001:7"],
    ["useradd -ru 10001 -g 5 app", "app", "10001:5"],
    ["adduser --system --uid 10001 --gid 9 --home /x app", "app:3", "10001:3"],
    ["adduser -S app", "app", undefined],
    ["adduser -u 10001 another", "app", undefined],
  ])("RUN %s gives USER %s its number", (run, user, number) => {
    expect(rows(`FROM debian\nRUN ${run}\nUSER ${user}\n`).at(-1)).toEqual(
      number === undefined
        ? ["USER by name", "automatic", {}]
        : ["USER", "setting", { user: number }],
    )
  })

  it("HEALTHCHECK says which of its options are left out", () => {
    const line = "HEALTHCHECK --interval=30s --retries=2 CMD"
    for (const command of ["curl http://localhost/health", "/app check"]) {
      const [, found] = importDockerfile(`FROM debian\n${line} ${command}\n`, "Dockerfile")
      expect(found?.meaning).toContain("no setting has --interval=30s --retries=2: docker run")
    }
    const [, plain] = importDockerfile("FROM debian\nHEALTHCHECK CMD /app\n", "Dockerfile")
    expect(plain?.meaning).not.toContain("no setting")
  })

  it("LABEL is not written where the image has it", () => {
    const known = { ...nothing, labels: ["org.opencontainers.image.licenses=MIT"] }
    const text = "FROM debian\nLABEL org.opencontainers.image.licenses=MIT\n"
    expect(rows(text, known)).toEqual([["LABEL org.opencontainers", "automatic", {}]])
    expect(rows(text)[0]?.[2]).toEqual({ label: known.labels })
  })

  it("and of a builder are told apart", () => {
    const text = build(
      "WORKDIR /src\nUSER root\nENV A=b\nRUN mkdir /x && adduser a\nRUN apt-get install -y gcc libvips-dev",
    )
    expect(rows(text)).toEqual([
      ["lines of a builder", "automatic", {}],
      ["lines of a builder", "automatic", {}],
      ["ENV of a build", "not supported", {}],
      ["lines of a builder", "automatic", {}],
      ["RUN apt-get install in a builder", "setting", { buildPackages: ["libvips-dev"] }],
    ])
  })
})

describe("with what a build makes of it", () => {
  async function imported(files: Record<string, string>) {
    const folder = temporaryFolder()
    const program = {
      "go.mod": "module example.com/shop\n\ngo 1.25\n",
      "main.go":
        'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n',
    }
    for (const [path, content] of Object.entries({ ...program, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    const { found, settings } = await importProject(parseArguments([folder], {}))
    const of = (line: string) =>
      found
        .filter(({ value }) => value.includes(line))
        .map(({ status, meaning }) => `${status}: ${meaning}`)
    return { of, settings }
  }
  const image = (...lines: string[]) =>
    ["FROM golang:1.25 AS b", "RUN go build -o /shop .", "FROM debian", ...lines].join("\n")

  it("EXPOSE is written where the code says another port", async () => {
    const other = await imported({ Dockerfile: image("EXPOSE 8000") })
    expect(other.settings).toEqual({ port: ["8000"] })
    expect(other.of("8000")).toEqual(["setting: otherwise 9000 (main.go:5)"])
    const same = await imported({ Dockerfile: image("EXPOSE 9000") })
    expect(same.settings).toEqual({})
  })

  it("a command with a file has the place that this has here", async () => {
    const { of, settings } = await imported({
      "conf/a.yml": "a: 1\n",
      Dockerfile: image(
        "COPY --from=b /shop /shop",
        "COPY conf/a.yml /etc/a.yml",
        'ENTRYPOINT ["/shop"]',
        'CMD ["--config", "/etc/a.yml"]',
      ),
    })
    expect(settings).toEqual({ command: "shop --config conf/a.yml" })
    expect(of('["/shop"]')).toEqual(["setting: with the paths that its files have in this image"])
  })

  it("arguments of ENTRYPOINT stay, whatever the image is run with", async () => {
    const { settings } = await imported({
      "conf/a.yml": "a: 1\n",
      Dockerfile: image(
        "COPY --from=b /shop /shop",
        "COPY conf/a.yml /etc/a.yml",
        'ENTRYPOINT ["/shop", "--config", "/etc/a.yml"]',
        'CMD ["--debug"]',
      ),
    })
    expect(settings).toEqual({
      command: "shop",
      entryArguments: ["--config", "conf/a.yml"],
      defaultArguments: ["--debug"],
    })
  })

  it.each([
    ['["/run.sh", "/shop"]', "/run.sh does not run in this image, the program starts by itself"],
    ['["/shop", "-v"]', "this image runs /app/shop serve (Procfile:1)"],
  ])("a command that is lost has no tick: %s", async (command, told) => {
    const procfile: Record<string, string> = command.includes("-v")
      ? { Procfile: "web: shop serve\n" }
      : {}
    const { of } = await imported({ ...procfile, Dockerfile: image(`ENTRYPOINT ${command}`) })
    expect(of(command)).toEqual([expect.stringContaining(`not supported: ${told}`)])
  })

  it.each([
    ["debian", "", true],
    ["debian", "USER 1000", false],
    ["gcr.io/distroless/static:nonroot", "", false],
    ["ghcr.io/a/b", "", false],
  ])("an image of %s with %j runs as root: %s", (base, line, expected) => {
    const text = `FROM golang AS b\nFROM ${base}\n${line}\n`
    const told = (known: KnownImage) =>
      importDockerfile(text, "Dockerfile", known).some(({ option }) => option === "no USER")
    expect(told(nothing)).toBe(expected)
    expect(told({ ...nothing, hasOwnUser: true })).toBe(false)
  })

  it.each([
    ["HEALTHCHECK CMD curl -f http://localhost/ok", [], undefined],
    ["HEALTHCHECK CMD curl -f http://localhost/ok", ["RUN curl -o /a http://x"], ["curl"]],
    ["HEALTHCHECK CMD /shop check", [], ["curl"]],
  ])("curl for %s and %j", async (check, others, expected) => {
    const install = "RUN apt-get update && apt-get install -y curl"
    const { settings } = await imported({ Dockerfile: image(install, ...others, check) })
    expect(settings.osPackages).toEqual(expected)
  })

  it("files, folders and capabilities that it has not are told, each at its line", async () => {
    const { of, settings } = await imported({
      "data/a.txt": "a\n",
      Dockerfile: image(
        "RUN mkdir -p /srv/shop && setcap cap_net_raw+ep /shop && touch /etc/shop.conf",
        "COPY data/a.txt /srv/a.txt",
        "COPY --from=ghcr.io/x/y /tool /opt/tool",
        'ENTRYPOINT ["/entrypoint.sh"]',
      ),
    })
    expect(settings).toEqual({
      folders: ["/srv/shop"],
      capabilities: ["cap_net_raw"],
      copy: ["data/a.txt=/srv/a.txt"],
      workingDirectory: "/",
    })
    expect(of("data/a.txt")).toEqual(["setting: in this image at /srv/a.txt"])
    expect(of("/opt/tool")).toEqual([expect.stringContaining("not in this image")])
    expect(of("/etc/shop.conf")).toEqual([expect.stringContaining("not in this image")])
    expect(of("entrypoint.sh")).toEqual([
      "not supported: it does not start one of the project's programs by name: write the command for this image",
    ])
  })

  it("a capability that another stage gives is a setting, and a copied file that RUN changes is told", async () => {
    const { of, settings } = await imported({
      "shop.json": "{}\n",
      Dockerfile: [
        "FROM golang:1.25 AS b",
        "WORKDIR /src",
        "COPY . .",
        "RUN go build -o /shop .",
        "RUN setcap cap_net_bind_service=+ep /shop",
        "FROM debian:bookworm-slim",
        "COPY --from=b /shop /shop",
        "COPY shop.json /etc/shop/shop.json",
        "RUN sed -i s/a/b/ /etc/shop/shop.json",
        "USER 1000",
        'ENTRYPOINT ["/shop"]',
      ].join("\n"),
    })
    expect(settings).toMatchObject({
      capabilities: ["cap_net_bind_service"],
      copy: ["shop.json=/etc/shop/shop.json"],
    })
    expect(of("setcap")).toEqual([])
    expect(of("cap_net_bind_service")).toEqual(["setting: capabilities of the program"])
    expect(of("/etc/shop/shop.json")).toEqual([
      "not supported: it changes the file, which this image has as it is in the project: change it there",
    ])
  })

  it("a file that is left out and has another path there is copied to it", async () => {
    const { of, settings } = await imported({
      "config.yaml": "a: 1\n",
      "shop.yaml": "a: 1\n",
      Dockerfile: [
        "FROM golang:1.25 AS b",
        "WORKDIR /src",
        "COPY . .",
        "RUN go build -o shop .",
        "FROM scratch",
        "COPY --from=b /src/shop .",
        "COPY --from=b /src/config.yaml ./config/config.yaml",
        'ENTRYPOINT ["/shop"]',
      ].join("\n"),
      ".dockerignore": "config.yaml\n",
    })
    expect(settings).toEqual({
      runtime: "scratch",
      copy: ["config.yaml=/config/config.yaml"],
      workingDirectory: "/",
      drop: ["**", "!config.yaml"],
    })
    expect(of("config.yaml")).toContain("setting: in this image at /config/config.yaml")
  })

  it("packages of Alpine get Debian's names, and those that have none are told", async () => {
    const { of, settings } = await imported({
      Dockerfile: image(
        "RUN apk add --no-cache ca-certificates netcat-openbsd bind-tools kubectl",
        'ENTRYPOINT ["/shop"]',
      ),
    })
    expect(settings).toEqual({ osPackages: ["netcat-openbsd", "bind9-dnsutils"] })
    expect(of("kubectl").at(-1)).toMatch(/^not supported: it is not known what this package/)
  })

  it("packages keep their names where the base is one of the caller's own", async () => {
    const { settings } = await imported({
      "project.toml": '[go-image]\nruntime = "alpine:3.22"\n',
      Dockerfile: image("RUN apk add bind-tools kubectl", 'ENTRYPOINT ["/shop"]'),
    })
    expect(settings).toEqual({ osPackages: ["bind-tools", "kubectl"] })
  })

  it("COPY has a tick only where what it copies is found", async () => {
    const { of, settings } = await imported({
      "data/a.txt": "a\n",
      Dockerfile: [
        "FROM node:22 AS website",
        "RUN npm run build",
        "FROM golang:1.25 AS b",
        "WORKDIR /src",
        "RUN mkdir -p cache /made /out && ln -s /made /link && go build -o /out/shop .",
        "FROM debian",
        "COPY --from=website /website/dist /public",
        "COPY --from=b /src/cache /app/cache",
        "COPY --from=b /made /var/lib/shop/",
        "COPY --from=b /link /linked",
        "COPY absent ./absent",
        "COPY --from=b /out /opt",
        "COPY data ./data",
      ].join("\n"),
    })
    expect(settings).toEqual({ folders: ["/var/lib/shop"] })
    expect(of("/website/dist")).toEqual([expect.stringMatching(/^not supported: .*--frontend$/)])
    expect(of("/app/cache")).toEqual([expect.stringMatching(/^not supported: a folder /)])
    expect(of("/made /var")).toEqual([expect.stringMatching(/^setting: a folder /)])
    expect(of("/linked")).toEqual([expect.stringMatching(/^not supported: a link /)])
    expect(of("absent")).toEqual([expect.stringMatching(/^not supported: absent is not in the /)])
    expect(of("/out /opt")).toEqual([expect.stringMatching(/^automatic: programs /)])
  })

  it("COPY of a program that was built before is what a build makes", async () => {
    const { of } = await imported({
      Dockerfile: image("COPY .build/${TARGETOS}/shop /bin/shop", "COPY .build/other /bin/other"),
    })
    expect(of("/bin/shop")).toEqual([
      "automatic: programs and the files that they read are found and copied",
    ])
    const { of: written } = await imported({
      Dockerfile: image("COPY .build/linux/shop /bin/shop", "COPY .build/other /bin/other"),
    })
    expect(written("/bin/shop")).toEqual([
      "automatic: the program is built, not taken from the source",
    ])
    expect(written("/bin/other")).toEqual([expect.stringMatching(/^not supported: .build\/other /)])
  })

  it("a folder of a builder says which link of it is left out", async () => {
    const { of } = await imported({
      Dockerfile: [
        "FROM golang:1.25 AS b",
        "WORKDIR /src",
        "RUN mkdir -p /conf && ln -s /conf.toml /conf/conf.toml",
        "RUN go build -o /out/shop .",
        "FROM scratch",
        "COPY --from=b /out/shop /shop",
        "COPY --from=b /conf /conf",
        'ENTRYPOINT ["/shop"]',
      ].join("\n"),
    })
    expect(of("/conf /conf")).toEqual([expect.stringContaining("; the link /conf/conf.toml in it")])
  })

  it("relative paths that differ are the same from where programs start", async () => {
    const { of, settings } = await imported({
      "web/templates/a.html": "a\n",
      "data/a.txt": "a\n",
      Dockerfile: image(
        "WORKDIR /srv",
        "COPY --from=b /shop /shop",
        "COPY web/templates ./templates",
        "COPY data ./b",
        "COPY data/ .",
      ),
    })
    expect(settings).toMatchObject({
      copy: ["web/templates=/app/templates", "data=/app/b", "data=/app"],
    })
    expect(of("web/templates")).toEqual(["setting: in this image at /app/templates"])
    const [workdir] = of("/srv")
    expect(workdir).toBe("automatic: programs start in /app, which has what is in /srv there")
    const same = await imported({
      "data/a.txt": "a\n",
      Dockerfile: image("WORKDIR /srv", "COPY --from=b /shop /shop", "COPY data ./data"),
    })
    expect(same.of("/srv")).toEqual([expect.stringMatching(/^automatic: programs start in /)])
  })

  describe("files of the project", () => {
    const files = { "ui/a.css": "a\n", "charts/a.yaml": "a\n", "charts/b.yaml": "b\n" }
    const copying = (...lines: string[]) => ({
      ...files,
      Dockerfile: image("WORKDIR /app", "COPY --from=b /shop /app/shop", ...lines),
    })

    it("that it does not copy are to be dropped", async () => {
      const { of, settings } = await imported(copying("COPY ./ui ./ui"))
      expect(settings).toEqual({ drop: ["**", "!ui"] })
      expect(of("./ui ./ui")).toEqual([
        "setting: it copies 1 of the 3 files of the project that would be in this image; drop leaves out the others",
      ])
    })

    it("are all dropped where it copies the program alone", async () => {
      const { of, settings } = await imported(copying())
      expect(settings).toEqual({ drop: ["**"] })
      expect(of("/app/shop")).toEqual([expect.stringMatching(/^setting: it copies none of the 3 /)])
    })

    it("of one file, that one is told", async () => {
      const from = "FROM golang:1.25 AS b\nRUN go build -o /shop .\nFROM debian\n"
      const { of } = await imported({ "a.css": "a\n", Dockerfile: `${from}COPY --from=b /shop /` })
      expect(of("/shop /")).toEqual([expect.stringMatching(/^setting: it does not copy the one /)])
    })

    it.each([
      ["all of them", "COPY . ."],
      ["what a variable says", "COPY $FILES ."],
    ])("stay where it copies %s", async (_, line) => {
      expect((await imported(copying(line))).settings.drop).toBeUndefined()
    })

    it.each(["COPY . /src", "WORKDIR /src\nCOPY . ."])(
      "stay where it copies all that a builder has by %j",
      async (line) => {
        const start = `FROM golang:1.25 AS b\n${line}\nRUN go build -o /shop .\nFROM debian\n`
        const end = "COPY --from=b /shop /app/shop\nCOPY --from=b /src /app/\n"
        const { settings } = await imported({ ...files, Dockerfile: start + end })
        expect(settings.drop).toBeUndefined()
        const one = await imported({ ...files, Dockerfile: start + end.replace("/src", "/src/ui") })
        expect(one.settings.drop).toEqual(["**", "!ui"])
      },
    )

    it("stay where project.toml says which ones", async () => {
      const { settings } = await imported({
        ...copying("COPY ui ui"),
        "project.toml": '[go-image]\ndrop = ["charts"]\n',
      })
      expect(settings.drop).toBeUndefined()
    })
  })
})
