import { keptHeader } from "../../../../src/detect/dockerfile/kept.js"
import { describe, expect, it } from "vitest"
import { findDockerfile, listDockerfiles } from "../../../../src/detect/dockerfile/of-programs.js"
import { parseDockerfile } from "../../../../src/detect/dockerfile/dockerfile.js"
import { programsOfDockerfile } from "../../../../src/detect/dockerfile/programs.js"
import { findSlowInput } from "../../support/hostile.js"
import type { MainPackage } from "../../../../src/detect/packages/main-package.js"

const parse = (...lines: string[]) => parseDockerfile(lines.join("\n"), "Dockerfile")

describe("a Dockerfile's image", () => {
  it.each([
    ["EXPOSE 80", ["80/tcp"]],
    ["expose 80/TCP 53/udp", ["80/tcp", "53/udp"]],
    ["EXPOSE 7000-7002/udp", ["7000/udp", "7001/udp", "7002/udp"]],
    ["ENV PORT 9000\nEXPOSE $PORT", ["9000/tcp"]],
    ["EXPOSE ${UNKNOWN}", []],
    ["EXPOSE ${UNKNOWN:-81}", ["81/tcp"]],
    ["EXPOSE 1-65535", []],
    ["EXPOSE 8000-8019", Array.from({ length: 20 }, (_, i) => `${8000 + i}/tcp`)],
    ["EXPOSE 8000-8020", []],
    ["EXPOSE 7002-7000", []],
    ["EXPOSE 0 70000 http", []],
    ["RUN <<EOF\nEXPOSE 80\nEOF", []],
    ["RUN <<'EOF'\nEXPOSE 80\nEOF\nEXPOSE 81", ["81/tcp"]],
    ['RUN <<-"EOF"\nEXPOSE 80\n\tEOF\nEXPOSE 81', ["81/tcp"]],
    ["COPY <<EOF /conf\nEXPOSE 80\nEOF\nEXPOSE 81", ["81/tcp"]],
    ["ENV NOTE=<<EOF\nEXPOSE 80", ["80/tcp"]],
    ["RUN << EOF\nEXPOSE 80", ["80/tcp"]],
    ["EXPOSE \\\n  # why\n\n  80 \\\n  81", ["80/tcp", "81/tcp"]],
    ["EXPOSE 80 \\  \n81", ["80/tcp", "81/tcp"]],
    ["EXPOSE 80\\", ["80/tcp"]],
    ["  EXPOSE   80\r\nEXPOSE\n81\r\n", ["80/tcp"]],
    ["EXPOSE \"80\" '81/udp'", ["80/tcp", "81/udp"]],
    ["EXPOSE 65535 65536 8000-8000 080x", ["65535/tcp", "8000/tcp"]],
    ['ENV A=80 B="81" C=8\\2\nEXPOSE $A ${B} ${C:+83}', ["80/tcp", "81/tcp"]],
    ["ARG A=80\nENV A=81\nEXPOSE $A", ["81/tcp"]],
    ["ENV AB=80 CD=81\nEXPOSE $AB $CD", ["80/tcp", "81/tcp"]],
    ["ENV AB 80\nEXPOSE $AB", ["80/tcp"]],
    ["LABEL A=80\nEXPOSE $A", []],
    ["EXPOSE ${A-82} ${B:-}", ["82/tcp"]],
    ["# EXPOSE 80", []],
  ])("has the ports of %s", (text, ports) => {
    expect(parse("FROM debian", text).ports.map(({ value }) => value)).toEqual(ports)
  })

  it.each([
    ["COPY --from=builder /src/dist/a.so /usr/lib/", ["/usr/lib/a.so"]],
    ["COPY --from=builder --chmod=755 /src/liba.so.1.2 /usr/lib/liba.so", ["/usr/lib/liba.so"]],
    ["COPY --from=builder /src/app /app", []],
    ["COPY a.so /usr/lib/", []],
    ["COPY --from=b --link /a/b.wasm /a/c.so.d /srv/", ["/srv/b.wasm"]],
    ["COPY --from=b /a.so", []],
  ])("has libraries of another stage by %s", (text, libraries) => {
    expect(parse("FROM debian", text).libraries.map(({ value }) => value)).toEqual(libraries)
  })

  it.each([
    ["FROM {ARG_FROM}", true],
    ['FROM debian\nENTRYPOINT ["/@BINARY@"]', true],
    ["FROM {{ .Base }}", true],
    ["FROM ${BASE}\nCMD app", undefined],
    ["FROM debian\nRUN echo '{{.}}' {A}", undefined],
  ])("is filled in elsewhere: %s", (text, isTemplate) => {
    expect(parse(text).isTemplate).toBe(isTemplate)
  })

  it.each([
    ["HEALTHCHECK NONE", []],
    ["HEALTHCHECK none ", []],
    ["HEALTHCHECK CMD curl --fail http://localhost:8080/ping || exit 1", ["/ping"]],
    ["HEALTHCHECK CMD wget -q https://localhost/", ["/"]],
    ["HEALTHCHECK CMD /app check", ["by a command of its own"]],
    ["HEALTHCHECK CMD curl http://localhost/a\nHEALTHCHECK CMD curl http://localhost/b", ["/b"]],
    ["HEALTHCHECK CMD curl http://localhost/a\nHEALTHCHECK NONE", []],
    ["HEALTHCHECK CMD app --NONE", ["by a command of its own"]],
    ["HEALTHCHECK NONE of it", ["by a command of its own"]],
    ["HEALTHCHECK CMD curl 'http://localhost:80/a-b/c.d?e=f' && b", ["/a-b/c.d"]],
    ["HEALTHCHECK CMD curl http://localhost", ["by a command of its own"]],
  ])("is asked for its health by %s", (text, paths) => {
    expect(parse("FROM debian", text).healthCheck.map(({ value }) => value)).toEqual(paths)
  })

  it.each([
    // A stage is based on one before it, never on itself or a later one of the name.
    ["FROM a AS a\nEXPOSE 81\nFROM a\nEXPOSE 82", ["81/tcp", "82/tcp"]],
    ["FROM debian AS a\nEXPOSE 80\nFROM debian AS a\nEXPOSE 81\nFROM a", ["81/tcp"]],
    ["FROM b AS a\nEXPOSE 80\nFROM debian AS b\nEXPOSE 81\nFROM a", ["80/tcp"]],
    ["FROM --platform=linux/amd64 debian as a\nEXPOSE 80\nFROM a", ["80/tcp"]],
    ["FROM debian of a\nEXPOSE 80\nFROM a", []],
    ["EXPOSE 79\nARG B=a\nFROM debian AS a\nEXPOSE 80\nFROM ${B}", ["80/tcp"]],
  ])("has what the stages have that it is based on: %s", (text, ports) => {
    expect(parse(text).ports.map(({ value }) => value)).toEqual(ports)
  })

  it.each([
    ["Dockerfile.in", "FROM debian", true],
    ["Dockerfile.tmpl", "FROM debian", true],
    ["Dockerfile.j2", "FROM debian", true],
    ["in.Dockerfile", "FROM debian", undefined],
    ["Dockerfile.inner", "FROM debian", undefined],
    ["Dockerfile", "COPY {{.A}} /a", true],
    ["Dockerfile", "FROM debian\nCMD {A}", true],
    ["Dockerfile", "FROM debian\nENTRYPOINT a @A_B@", true],
    ["Dockerfile", "FROM debian\n COPYRIGHT {A}\nCMD a@b @c", undefined],
  ])("is filled in elsewhere, by its name or text: %s, %s", (file, text, isTemplate) => {
    expect(parseDockerfile(text, file).isTemplate).toBe(isTemplate)
  })

  it.each([
    ["FROM golang AS b", true],
    ["FROM ghcr.io/a/golang:1.26@sha256:a AS b", true],
    ["FROM golangci AS b", false],
    ["FROM my-golang AS b", false],
    ["FROM debian AS b\nRUN go build .", true],
    ["FROM debian AS b\nRUN go install .", true],
    ["FROM debian AS b\nRUN make", true],
    ["FROM debian AS b\nRUN maker", false],
    ["FROM debian AS b\nRUN go test", false],
  ])("is of something of Go: %s", (text, buildsGo) => {
    expect(parse(text, "FROM debian").buildsGo).toBe(buildsGo)
  })

  it("has volumes, variables, a stop signal and a front end, each where it is said", () => {
    const image = parse(
      "FROM node:24 AS a",
      "ENV OF_ANOTHER=1",
      "FROM docker.io/denoland/deno AS b",
      "FROM debian",
      "VOLUME /data /srv",
      'VOLUME ["/a b"]',
      "VOLUME '/c'",
      "ENV PATH=/a:$PATH A=1 GOPATH=/go GOPATHS=1",
      "ENV OLD one two",
      "STOPSIGNAL SIGINT",
      "STOPSIGNAL SIGQUIT",
    )
    const at = (line: number, ...values: string[]) =>
      values.map((value) => ({ value, file: "Dockerfile", line }))
    expect(image.volumes).toEqual([...at(5, "/data", "/srv"), ...at(6, "/a b")])
    const variables = [...at(8, "A", "GOPATHS"), ...at(9, "OLD")]
    const values = ["1", "1", "one two"]
    expect(image.variables).toEqual(variables.map((each, i) => ({ ...each, is: values[i] })))
    expect(image.stopSignal).toEqual(at(11, "SIGQUIT"))
    expect(image.frontEnd).toEqual(at(1, "node:24"))
  })

  it.each([
    ["COPY a /b", [{ from: "a", to: "/b" }]],
    ["COPY --chmod=644 a /b\nADD c /d", [{ from: "a", to: "/b" }]],
    ["COPY a c /b", []],
    ["COPY a", []],
    ["COPY --from=x a /b", []],
  ])("has a copy of one file by %s", (text, copied) => {
    expect(parse("FROM debian", text).copied).toEqual(copied)
  })

  it("is not started by what a template leaves open", () => {
    expect(parse("FROM debian", 'ENTRYPOINT ["/{BIN}"]').entry).toBeUndefined()
  })

  it.each([
    ["FROM golang:1.26 AS b\nRUN go build", "on"],
    ["FROM golang:1.26-alpine AS b\nRUN go build", "off"],
    ["FROM golang:1.26-alpine AS b\nRUN apk add gcc musl-dev\nRUN go build", "on"],
    ["FROM golang:1.26-alpine AS a\nRUN apk add build-base\nFROM a AS b\nRUN go build", "on"],
    ["FROM golang AS b\nRUN CGO_ENABLED=0 go build", "off"],
    ["FROM golang:alpine AS b\nRUN export CGO_ENABLED=1 && go build", "on"],
    ["FROM golang AS a\nENV CGO_ENABLED=0\nFROM a AS b\nRUN go build", "off"],
    ["FROM golang AS b\nRUN go build\nENV CGO_ENABLED=0", "on"],
    ["FROM golang AS b\nARG CGO_ENABLED\nRUN go build", "on"],
    ["FROM golang AS b\nRUN CGO_ENABLED=0 go build ./a\nRUN go build ./b", undefined],
    ["FROM alpine AS b\nRUN go build", undefined],
    ["FROM golang AS b\nRUN make", undefined],
    ["FROM golang AS b\nRUN go build ./a\nRUN go build ./b", "on"],
    ["FROM golang:alpine AS b\nRUN apk add clang17\nRUN go build", "on"],
    ["FROM golang:alpine AS b\nRUN apk add gcc-doc\nRUN go build", "off"],
    ["FROM golang AS b\nENV CGO_ENABLED=0 CGO_ENABLED=1\nRUN go build", "on"],
    ["FROM golang AS b\nARG CGO_ENABLED=0\nRUN go build", "off"],
    ['FROM golang AS b\nRUN CGO_ENABLED=1 true; CGO_ENABLED="0" go build', "off"],
    ["FROM golang AS b\nRUN CGO_ENABLED=01 go build", "on"],
    ["FROM golang AS b\nRUN CGO_ENABLED=$A go build", "on"],
  ])("is built with C or without: %s", (text, expected) => {
    expect(parse(text, "FROM debian").cgo?.value).toBe(expected)
  })

  it.each([
    ["touch /etc/a.conf b", ["/etc/a.conf"], []],
    ["echo 'a > /b' > /c && cat x>>/d 2>/dev/null", ["/c"], []],
    ["mkdir -p -m 0750 /data /srv/a && chown app /data", [], ["/data", "/srv/a"]],
    ["install -d /var/lib/a && install -m 0644 a.conf /etc/b/", ["/etc/b/a.conf"], ["/var/lib/a"]],
    ["curl -fsSLo /opt/a.tgz https://example.com/a && rm /opt/a.tgz", [], []],
    ["wget -O /opt/a.dat https://example.com/a", ["/opt/a.dat"], []],
    ["ln -s /opt/a /usr/bin/a && ln -sf /dev/stdout /srv/a.log && ln -s /a /srv/b", ["/srv/b"], []],
    ["mkdir /srv/a /srv/ab && touch /srv/a/b && rm -rf /srv/a", [], ["/srv/ab"]],
    [
      'if [ -n "$A" ]; then touch /a; fi; if [ a = b ]; then touch /b; else touch /c; fi',
      ["/a", "/c"],
      [],
    ],
    ["if [ a != b ]; then touch /a; elif true; then touch /b; else touch /c; fi", ["/a"], []],
    ["sed -i s/a/b/ /etc/a.conf && sed s/a/b/ /etc/b.conf", ["/etc/a.conf"], []],
    ["cat </etc/in >/a", ["/a"], []],
    ["tee -a /a /b <c", ["/a", "/b"], []],
    [">/a", ["/a"], []],
    ["cp a /etc/app/ && mv b c /etc/app && cp /d", ["/etc/app/a", "/etc/app"], []],
    ["sudo touch /a/ && ! touch /b && exec /bin/touch /c", ["/a", "/b", "/c"], []],
    ["touch /a && touch /a", ["/a"], []],
    ["cp conf/a /etc/app/ && install -m 644 conf/b /etc/app/", ["/etc/app/a", "/etc/app/b"], []],
    ["echo `a && touch /a` $(b; touch /b) && touch /c", ["/c"], []],
    ["sed --in-place s/a/b/ /a && sed -ni s/a/b/ /b && sed -e i /c", ["/a", "/b"], []],
    ["install --directory /srv/a && install -m 644 -d /srv/b", [], ["/srv/a", "/srv/b"]],
    ["curl --output /a b && wget --output-document /c d && wget -qO /e f", ["/a", "/c", "/e"], []],
    ["curl -o - /a && wget -O- /b && curl -o", [], []],
    ["touch /srv/a /srv/ab && rm /srv/a && rm srv/ab", ["/srv/ab"], []],
    ["mkdir -p /srv/a/ '/srv/b c' && unknown /srv/d", [], ["/srv/a"]],
    ["mkdir -p /app /tmp/a /etc/ssl/certs /usr/local/bin $HOME/x && touch $X/y", [], []],
  ])("has what RUN makes: %s", (text, files, folders) => {
    const { made } = parse("FROM debian", `RUN ${text}`)
    expect(made.files.map(({ value }) => value)).toEqual(files)
    expect(made.folders.map(({ value }) => value)).toEqual(folders)
  })

  it.each([
    ["if [ a = a ]; then touch /a; else touch /b; fi; touch /c", ["/a", "/c"]],
    ["if [ a == a ]; then touch /a; else touch /b; fi", ["/a"]],
    ["if [[ a != a ]]; then touch /a; else touch /b; fi", ["/b"]],
    ["if [ a = a ]; then touch /a; elif [ b = b ]; then touch /b; fi", ["/a"]],
    ["if [ a = b ]; then touch /a; elif [ c = c ]; then touch /b; fi", ["/b"]],
    ["if [ a = b ]; then if true; then touch /a; fi; touch /b; fi; touch /c", ["/c"]],
    ["if true; then if [ a = b ]; then touch /a; fi; touch /b; fi", ["/b"]],
    ["if [ a -gt b ]; then touch /a; else touch /b; fi", ["/a", "/b"]],
    ["if [ a = b -a c = d ]; then touch /a; fi", ["/a"]],
    ["if test a = b; then touch /a; fi", ["/a"]],
    ["if [ a = b; then touch /a; fi", ["/a"]],
    ["if x a = b ]; then touch /a; fi", ["/a"]],
    ["if [ a = $A ]; then touch /a; else touch /b; fi", ["/a", "/b"]],
    ["if [ `a` = b ]; then touch /a; fi", ["/a"]],
    ["if [ a = b ]; touch /a; then touch /b; fi", ["/a"]],
    ["then touch /a; else touch /b; fi; touch /c", ["/a", "/b", "/c"]],
  ])("has nothing of a branch that is never taken: %s", (text, files) => {
    expect(parse("FROM debian", `RUN ${text}`).made.files.map(({ value }) => value)).toEqual(files)
  })

  it.each([
    ["setcap cap_net_bind_service=+ep /a", ["cap_net_bind_service"]],
    ["/sbin/setcap CAP_A,cap_b+ei /a && setcap cap_b=p /c", ["CAP_A", "cap_b"]],
    ["setcap -r /a && setcaps cap_a=p /b", []],
    ["setcap cap_a,b-c=p /b", ["cap_a"]],
    ["setcap cap_a-b,cap_c=p /b", ["cap_c"]],
    ["setcap", []],
  ])("gives a program what setcap says: %s", (text, capabilities) => {
    const { made } = parse("FROM debian", `RUN ${text}`)
    expect(made.capabilities.map(({ value }) => value)).toEqual(capabilities)
  })

  it.each([
    ["COPY --from=a /coredns /coredns", ["cap_net_bind_service"]],
    ["COPY --from=a / /", ["cap_net_bind_service"]],
    ["COPY --from=a /other /coredns", []],
    ["COPY coredns /", []],
  ])(
    "gives a program what setcap says in the stage that it is copied from: %s",
    (copy, expected) => {
      const builder = ["FROM debian AS a", "RUN setcap cap_net_bind_service=+ep /coredns"]
      const { made } = parse(...builder, "FROM scratch", copy)
      expect(made.capabilities.map(({ value, line }) => `${value} ${line}`)).toEqual(
        expected.map((each) => `${each} 2`),
      )
    },
  )

  it("has nothing of what a builder makes, where it is one itself", () => {
    const { made, placed } = parse("FROM golang AS a", "FROM a", "RUN touch /a", "COPY x.json /b/")
    expect({ made, placed }).toEqual({
      made: { files: [], folders: [], capabilities: [] },
      placed: { ofSource: [], ofOthers: [] },
    })
  })

  it.each([
    ["COPY . /app", "/app", []],
    ["WORKDIR /app\nCOPY ./ ./", "/app", []],
    ["COPY . /app", "/app/made", ["/srv"]],
    ["COPY docs /app", "/app", ["/srv"]],
  ])("has all of the source where a buildpack had it: %s, %s", (copy, from, others) => {
    const { placed } = parse(
      "FROM heroku/heroku:24-build AS build",
      copy,
      "RUN /buildpack/bin/compile /app",
      "FROM heroku/heroku:24",
      `COPY --from=build ${from} /srv`,
    )
    expect(placed.ofOthers.map(({ value }) => value)).toEqual(others)
  })

  it("is its last stage's, with the stages that it is based on", () => {
    const { ports } = parse(
      "FROM debian AS base",
      "EXPOSE 1",
      "FROM golang AS build",
      "EXPOSE 2",
      "FROM base",
      "EXPOSE 3",
    )
    expect(ports).toEqual([
      { value: "1/tcp", file: "Dockerfile", line: 2 },
      { value: "3/tcp", file: "Dockerfile", line: 6 },
    ])
  })

  it.each([
    ['ENTRYPOINT ["/app"]\nCMD ["serve", "-v"]', ["/app", "serve", "-v"]],
    ['CMD ["serve"]\nENTRYPOINT ["/app"]', ["/app", "serve"]],
    ["CMD ./app serve", ["./app", "serve"]],
    ["CMD ./app --port $SOME", undefined],
    ['ENTRYPOINT ["/app"', undefined],
    ["", undefined],
  ])("runs %s", (text, entry) => {
    expect(parse("FROM debian", text).entry?.value).toEqual(entry)
  })

  it.each([
    ["RUN apk add --no-cache git curl=8.1 'bash>5'", ["git", "curl", "bash"]],
    [
      "RUN apt-get update && apt-get install -y --no-install-recommends \\\n # why\n git \\\n tzdata",
      ["git"],
    ],
    ["RUN --mount=type=cache,target=/var/cache apt-get -y install ffmpeg; rm -rf /x", ["ffmpeg"]],
    ["RUN apk add --virtual .deps gcc && apk del .deps", []],
    ["RUN apk add curl git\nRUN apk del curl", ["git", "curl"]],
    ["RUN apk add curl git && apk del curl", ["git"]],
    ["RUN apt-get install $PACKAGES", []],
    ["RUN <<EOF\napt-get update\napt-get install -y git\nEOF", ["git"]],
    ["RUN apk add -X repo --repository other git", ["git"]],
    ["RUN sudo apt install -o a=b git && apt purge git", []],
    ["RUN apk add tini ca-certificates libcap-utils su-exec tinies", ["tinies"]],
    ["RUN apk add -t .deps gcc && apk add --virtual=.d g++ && apk update && pip install x", []],
    ["RUN apk add a bc==1 d.+-e~2 @f UP _g", ["bc", "d.+-e"]],
  ])("has the packages of %s", (text, packages) => {
    expect(
      parse("FROM debian", text)
        .packages.map(({ value }) => value.name)
        .sort(),
    ).toEqual([...packages].sort())
  })

  it("has none of a builder that it is itself", () => {
    expect(parse("FROM golang:1.26", "RUN apt-get install gcc").packages).toEqual([])
  })

  it("no input takes long", () => {
    expect(findSlowInput((text) => parse(text))).toBeUndefined()
  })
})

describe("a Dockerfile's programs", () => {
  const program = (path: string): MainPackage => ({
    path,
    importPath: `example.com/shop${path.slice(1)}`,
    module: "",
    file: `${path}/main.go`.slice(2),
    line: 1,
  })
  const all = [
    ".",
    "./cmd/api",
    "./cmd/worker",
    "./cmd/entrypoint",
    "./backend/app",
    "./tools/gen",
  ].map(program)
  const read = (...lines: string[]) => {
    const { built, run } = programsOfDockerfile(parse("FROM golang", ...lines), all)
    return {
      built: built.map(({ path }) => path),
      run: run?.package.path,
      args: run && [...run.entryArguments, "|", ...run.defaultArguments],
    }
  }

  it.each([
    ["RUN go build -o /bin/ ./cmd/api ./cmd/worker", ["./cmd/api", "./cmd/worker"]],
    ["RUN cd backend && go build -o /bin/x ./app", ["./backend/app"]],
    ["RUN go build -o bin/api cmd/api/*", ["./cmd/api"]],
    ['RUN go build -ldflags "-X a=b ./cmd/worker" cmd/api/main.go', ["./cmd/api"]],
    ["RUN CGO_ENABLED=0 xx-go build -o /a ./cmd/api && xx-verify /a", ["./cmd/api"]],
    ["RUN go build example.com/shop/cmd/api", ["./cmd/api"]],
    ["ARG APP=api\nRUN go build ./cmd/${APP}", ["./cmd/api"]],
    ["RUN go build ./tools/gen && go build ./cmd/api", ["./cmd/api"]],
    ["RUN go build ./cmd/api && go build -buildmode=c-archive -o x.a ./cmd/worker", ["./cmd/api"]],
    ["RUN go install example.com/tool@latest", []],
    ["RUN go build ./...", []],
    ["RUN go build ./cmd/$APP", []],
    ["RUN go build .", []],
    ["RUN go test ./cmd/api", []],
  ])("%s", (text, built) => {
    expect(read(text).built).toEqual(built)
  })

  it.each([
    ['ENTRYPOINT ["/usr/bin/api", "serve"]', "./cmd/api", ["serve", "|"]],
    ['ENTRYPOINT ["/sbin/tini", "--", "/api"]\nCMD ["-v"]', "./cmd/api", ["|", "-v"]],
    ['RUN go build -o /srv ./cmd/worker\nCMD ["/srv", "api"]', "./cmd/worker", ["|", "api"]],
    ['RUN go build -o /srv .\nCMD ["/srv"]', ".", ["|"]],
    ['CMD ["/entrypoint.sh"]', undefined, undefined],
    ['ENTRYPOINT ["/entrypoint", "/api", "serve"]', "./cmd/api", ["serve", "|"]],
    ['ENTRYPOINT ["/entrypoint", "serve"]', "./cmd/entrypoint", ["serve", "|"]],
    ['ENTRYPOINT ["/worker", "/api"]', "./cmd/worker", ["/api", "|"]],
  ])("runs %s", (text, run, args) => {
    expect(read(text)).toMatchObject({ run, args })
  })

  it("are those of its own folder, where others end so, too", () => {
    const programs = ["./cmd/api", "./svc/cmd/api", "./svc/tools/gen"].map(program)
    const builtIn = (file: string, path: string) => {
      const text = `FROM golang\nRUN go build -o /bin/ ${path}`
      const { built } = programsOfDockerfile(parseDockerfile(text, file), programs)
      return built.map((each) => each.path)
    }
    expect(builtIn("Dockerfile", "./cmd/api")).toEqual(["./cmd/api"])
    expect(builtIn("svc/Dockerfile", "./cmd/api")).toEqual(["./svc/cmd/api"])
    expect(builtIn("docker/Dockerfile", "svc/cmd/api/main.go")).toEqual(["./svc/cmd/api"])
    expect(builtIn("docker/Dockerfile", "../cmd/api")).toEqual([])
  })

  it("are not those that it builds, where it runs another one", () => {
    const build = "RUN go build -o /bin/ ./cmd/api"
    expect(read(build, 'CMD ["/worker"]')).toMatchObject({ built: [], run: "./cmd/worker" })
    expect(read(build, 'CMD ["/api"]')).toMatchObject({ built: ["./cmd/api"], run: "./cmd/api" })
  })
})

describe("of several files", () => {
  const find = (...files: string[]) =>
    findDockerfile(
      ["services/api", ""],
      new Map(
        listDockerfiles(files, ["services/api", ""]).map(
          (file) => [file, "FROM debian\n"] as const,
        ),
      ),
    )?.file

  it.each<[string[], string | undefined]>([
    [["Dockerfile"], "Dockerfile"],
    [["Dockerfile", "services/api/Dockerfile"], "services/api/Dockerfile"],
    [["Dockerfile", "Dockerfile.alpine"], "Dockerfile"],
    [["Dockerfile.in"], "Dockerfile.in"],
    [["build/package/server.Dockerfile"], "build/package/server.Dockerfile"],
    [["Dockerfile.in", "docker/Dockerfile"], "docker/Dockerfile"],
    [["Dockerfile.alpine", "Dockerfile.debian"], undefined],
    [["Dockerfile.dev"], undefined],
    [["Dockerfile.dockerignore"], undefined],
    [["Dockerfile.dev", "Dockerfile.prod"], "Dockerfile.prod"],
    [["test/Dockerfile.prod"], undefined],
  ])("%j: %s", (files, expected) => {
    expect(find(...files)).toBe(expected)
  })

  it.each([
    ["Dockerfile", "Dockerfile"],
    ["Dockerfile.new", undefined],
  ])("%s that go-image wrote: %s", (file, expected) => {
    const contents = new Map([[file, `# syntax=x\n${keptHeader}\nFROM debian\n`]])
    expect(findDockerfile([""], contents)?.file).toBe(expected)
  })
})
