import { describe, expect, it } from "vitest"
import type { Options } from "../../../../src/options.js"
import { mains, planOf, project } from "../../support/project.js"

const dockerfile = (healthCheck: string) =>
  [
    "FROM golang AS b",
    "RUN go build -o /x .",
    "FROM debian",
    `HEALTHCHECK ${healthCheck}`,
    "COPY --from=b /x /x",
    'ENTRYPOINT ["/x"]',
  ].join("\n")

it.each([
  [
    "CMD curl -f http://localhost/healthz",
    "health check /healthz (line 4; --health-check /healthz)",
  ],
  [
    'CMD ["/x", "check"]',
    "health check by a command of its own (line 4; --health-check with a path that it asks over HTTP)",
  ],
])("HEALTHCHECK %s is told with what can be typed", async (line, told) => {
  const { notices } = await planOf(project({ ...mains("."), Dockerfile: dockerfile(line) }))
  expect(notices).toContain(`Dockerfile: its image also has: ${told}`)
})

/** A Dockerfile whose image has `static` in the folder that the program starts in. */
const started = (folder: string, ...more: string[]) =>
  [
    "FROM golang AS b",
    "COPY . .",
    "RUN go build -o /x .",
    "FROM debian",
    `WORKDIR ${folder}`,
    "COPY static static",
    ...more,
    "COPY --from=b /x /x",
    'ENTRYPOINT ["/x"]',
  ].join("\n")

it.each<[string, string, string, Record<string, unknown>, string | undefined]>([
  ["code names its path", "/srv", '"/srv/static"', {}, "--copy static=/srv/static"],
  ["code names a path below it", "/srv", '"/srv/static/css"', {}, "--copy static=/srv/static"],
  ["a variable names it", "/srv", "ENV", {}, "--copy static=/srv/static"],
  ["it starts at the root", "/", '"/static"', {}, "--copy static=/static"],
  ["code names it from where it starts", "/srv", '"static"', {}, undefined],
  ["code names another path", "/srv", '"/srv/static2"', {}, undefined],
  ["it is at that path here, too", "/app", '"/app/static"', {}, undefined],
  ["it is copied there", "/srv", '"/srv/static"', { copy: ["static=/srv/static"] }, undefined],
])("a folder in another place, where %s", async (_, folder, named, options, typed) => {
  const code = `package main\n\nfunc main() { open(${named === "ENV" ? "env" : named}) }\n`
  const files = {
    "main.go": code,
    "static/index.html": "hello",
    Dockerfile: started(folder, ...(named === "ENV" ? ["ENV STATIC=/srv/static"] : [])),
  }
  const { notices } = await planOf(project(files), options)
  const told = notices.filter((each) => each.startsWith("Dockerfile: its image also has"))
  if (typed === undefined) expect(told.join()).not.toContain("static")
  else expect(told.join()).toContain(typed)
})

describe("what that image has besides is told with what can be typed:", () => {
  const start = 'ENTRYPOINT ["/x"]'
  const files = {
    ...{ ...mains("."), "a.yaml": "", "static/index.html": "" },
    ...{ "docker/b.yaml": "", "c d.yaml": "" },
  }
  const built = (build: string, ...lines: string[]) =>
    ["FROM golang AS b", "COPY . .", build, "FROM debian", ...lines, "COPY --from=b /x /x"].join(
      "\n",
    )
  const run = (...lines: string[]) => built("RUN go build -o /x .", ...lines)
  const linked = built(
    'RUN go build -ldflags "-X main.mode=prod -X main.rev=$VERSION" -o /x .',
    start,
  )
  const told = async (text: string, options: Options, at = "Dockerfile") => {
    const { notices } = await planOf(project({ ...files, [at]: text }), options)
    const [notice] = notices.filter((each) => each.startsWith(at))
    return notice?.replace(`${at}: `, "").replace("its image also has: ", "")
  }

  it.each<[string, string, string | undefined, Options?]>([
    [
      "arguments with a file that is here, too",
      run("COPY a.yaml /etc/a.yaml", 'ENTRYPOINT ["/x", "-c", "/etc/a.yaml"]', 'CMD ["-v"]'),
      "arguments -c /etc/a.yaml -v (line 6; --command 'x -c a.yaml -v')",
    ],
    [
      "one that goes into a folder",
      run("COPY a.yaml /etc/app/", 'ENTRYPOINT ["/x", "--config=/etc/app/a.yaml"]'),
      "arguments --config=/etc/app/a.yaml (line 6; --command 'x --config=a.yaml')",
    ],
    [
      "one that is not here",
      run('ENTRYPOINT ["/x", "-c", "/etc/none.yaml"]'),
      "arguments -c /etc/none.yaml (line 5; --command)",
    ],
    [
      "one that has a blank",
      run('COPY ["c d.yaml", "/etc/c d.yaml"]', 'ENTRYPOINT ["/x", "/etc/c d.yaml"]'),
      "arguments /etc/c d.yaml (line 6; --command)",
    ],
    [
      "no arguments where there are some",
      run('ENTRYPOINT ["/x", "-c", "/etc/none.yaml"]'),
      undefined,
      { defaultArguments: ["x"] },
    ],
    [
      "a script that starts the program",
      run('ENTRYPOINT ["/start.sh", "/x"]'),
      "a script that starts the program: /start.sh (line 5; --command)",
    ],
    [
      "folders that are no volumes",
      run("RUN mkdir /data /srv/logs", "VOLUME /data", start),
      "volumes /data (line 6; --volumes /data); folders /srv/logs (line 5; --folders /srv/logs)",
    ],
    [
      "folders but for those of files, and where the program starts",
      run("RUN mkdir -p /srv/app/more /srv/app", "COPY static /srv/app/static", start),
      "folders /srv/app/more (line 5; --folders /srv/app/more); files in other places: static at /srv/app/static (line 6; --copy static=/srv/app/static); a program that starts in / (line 6; --working-directory /)",
    ],
    [
      "no folders where there are some",
      run("RUN mkdir /data", start),
      undefined,
      { folders: ["/a"] },
    ],
    [
      "capabilities",
      run("RUN setcap cap_net_raw=+ep /x", start),
      "capabilities cap_net_raw (line 5; --capabilities cap_net_raw)",
    ],
    [
      "no capabilities where there are some",
      run("RUN setcap cap_net_raw=+ep /x", start),
      undefined,
      { capabilities: ["net_raw"] },
    ],
    [
      "all files by their places, where it starts at the root",
      run("COPY static /app/static", "COPY a.yaml a.yaml", start),
      "files in other places: static at /app/static, a.yaml at /a.yaml (line 5; --copy static=/app/static --copy a.yaml=/a.yaml); a program that starts in / (line 5; --working-directory /)",
    ],
    [
      "files that are left out",
      run("WORKDIR /srv", "COPY static static", start),
      "files static (line 6; --keep static)",
      { drop: ["static"] },
    ],
    [
      "none that are copied",
      run("WORKDIR /srv", "COPY static static", start),
      undefined,
      { drop: ["static"], copy: ["static=/srv/static"] },
    ],
    [
      "linker values",
      linked,
      "linker values main.mode=prod, main.rev={{.Tag}} (line 3; --linker-values main.mode=prod --linker-values 'main.rev={{.Tag}}')",
    ],
    [
      "none of a commit, where that is not wanted",
      linked,
      "linker values main.mode=prod (line 3; --linker-values main.mode=prod)",
      { stamp: "off" },
    ],
    [
      "what may be in a template",
      run(start, "COPY {{.X}} /y"),
      "it is a template that cannot be read completely: compare what it installs (--os-packages), runs and copies",
    ],
    [
      "what is in a template, and what may be",
      run("VOLUME /data", start, "COPY {{.X}} /y"),
      "volumes /data (line 5; --volumes /data); it is a template that cannot be read completely: compare what it installs (--os-packages), runs and copies",
    ],
    [
      "a front end",
      `FROM node:24 AS n\n${run(start)}`,
      "a front end, built on node:24 (line 1; --frontend)",
    ],
  ])("%s", async (_, text, expected, options = {}) => {
    expect(await told(text, options)).toBe(expected)
  })

  it("files beside it, in a folder of its own", async () => {
    const text = run("COPY b.yaml /etc/b.yaml", 'ENTRYPOINT ["/x", "/etc/b.yaml"]')
    expect(await told(text, {}, "docker/Dockerfile")).toBe(
      "arguments /etc/b.yaml (line 6; --command 'x docker/b.yaml')",
    )
  })
})
