import { expect, it } from "vitest"
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
