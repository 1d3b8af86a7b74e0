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
