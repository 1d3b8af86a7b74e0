import { describe, expect, it } from "vitest"
import { LastOutput, nextStep } from "../../../../../cli/commands/run/next-step.js"

const folderWith = () => undefined
const postgres = ["github.com/jackc/pgx/v5"]
const mysql = ["github.com/go-sql-driver/mysql"]

/** The options that are to be typed. */
function options(output: string, modules: readonly string[] = [], given = {}): string | undefined {
  const known = { services: [], variables: [], ...given }
  const next = nextStep(output, { modules, typed: ["./shop"], folderWith }, known)
  return /dev \.\/shop (.*)$/.exec(next ?? "")?.[1]
}

describe("what a program that has ended needs", () => {
  it.each([
    ["DATABASE_URL not set", postgres, "--service postgres:17"],
    [
      '2026/01/01 10:00:00 env: required environment variable "DATABASE_URL" is not set',
      postgres,
      "--service postgres:17",
    ],
    ["required key DATABASE_URL missing value", mysql, "--service mysql:8.4"],
    [
      "panic: DATABASE_URL is required\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:9 +0x1d\nexit status 2",
      [],
      "--service postgres:17",
    ],
    [
      '{"level":"fatal","error":"dial tcp 127.0.0.1:5432: connect: connection refused"}',
      [],
      "--service postgres:17",
    ],
    [
      "failed to connect to `host=localhost user=app database=app`: dial error (dial tcp [::1]:5432: connect: connection refused)",
      postgres,
      "--service postgres:17",
    ],
    [
      "dial error: dial unix /tmp/.s.PGSQL.5432: connect: no such file or directory",
      postgres,
      "--service postgres:17",
    ],
    ["dial tcp: lookup db on 10.0.2.3:53: no such host", mysql, "--service mysql:8.4"],
    ["dial tcp: lookup redis-master on 10.0.2.3:53: no such host", [], "--service redis:7"],
    ["redis: dial tcp 127.0.0.1:6379: connect: connection refused", [], "--service redis:7"],
    ["missing environment variable API_KEY", [], "--env API_KEY=…"],
    ["please set $TOKEN", [], "--env TOKEN=…"],
    ["TOKEN and so on\nSESSION_SECRET must be set", [], "--env SESSION_SECRET=…"],
    [
      "\u001b[31mFATAL\u001b[0m DB_DSN is empty",
      postgres,
      "--service postgres:17 --env 'DB_DSN=postgres://dev:dev@postgres:5432/dev?sslmode=disable'",
    ],
    ["DATABASE_URL not set, API_KEY not set", postgres, "--service postgres:17 --env API_KEY=…"],
  ])("%s", (output, modules, expected) => {
    expect(options(output, modules)).toBe(expected)
  })

  it.each([
    "panic: runtime error: index out of range",
    "FATAL: HTTP is not set up",
    "ERROR missing file config.yaml",
    "listening on :5432",
    "the value is required",
    "connection refused",
    "",
  ])("nothing is known of: %s", (output) => {
    expect(nextStep(output, { modules: postgres, typed: [], folderWith })).toBeUndefined()
  })

  it("is not what it has already", () => {
    const refused = "dial tcp 127.0.0.1:5432: connect: connection refused, API_KEY not set"
    expect(options(refused, [], { services: ["docker.io/library/postgres:16"] })).toBe(
      "--env API_KEY=…",
    )
    expect(options(refused, [], { variables: ["API_KEY"] })).toBe("--service postgres:17")
  })

  it("says what it seems to need, and the whole command", () => {
    expect(
      nextStep("DATABASE_URL not set: API_KEY is missing", {
        modules: postgres,
        typed: ["--target", "web"],
        folderWith,
      }),
    ).toBe(
      "It seems to need postgres and API_KEY. `dev` runs the program with services beside it, and variables of that run alone:\n" +
        "  bash script/build dev --target web --service postgres:17 --env API_KEY=…",
    )
  })
})

it("says which files the Dockerfile has at other paths, where one is not found", () => {
  const elsewhere = ["--copy a.yml=/config/a.yml", "--working-directory /"]
  const about = { modules: [], typed: [], folderWith, elsewhere }
  expect(nextStep("panic: configuration file not found", about)).toBe(
    "The Dockerfile has files at other paths. To have them there, add: --copy a.yml=/config/a.yml --working-directory /",
  )
  expect(nextStep("panic: nil", about)).toBeUndefined()
  expect(nextStep("a.yml not found", { ...about, elsewhere: [] })).toBeUndefined()
})

it("keeps the end of what is printed", () => {
  const last = new LastOutput()
  for (let i = 0; i < 5000; i++) last.add(Buffer.from(`line ${i}\n`))
  expect(last.text.length).toBeLessThanOrEqual(20_000)
  expect(last.text.endsWith("line 4999\n")).toBe(true)
})

it("a file that is in the image, in the folder of its program, is there to be found", () => {
  const folderOf = (file: string) =>
    file === "templates/index.html" ? "/app/services/web" : undefined
  const about = { modules: [], typed: [], folderWith: folderOf }
  const next = (file: string) => nextStep(`panic: open ${file}: no such file or directory\n`, about)
  expect(next("templates/index.html")).toContain("--working-directory /app/services/web,")
  expect(next("config.yaml")).toBeUndefined()
  expect(next("/etc/shop.yaml")).toBeUndefined()
})

it("this machine is not where a program in a container looks for it", () => {
  const about = { modules: postgres, typed: [], folderWith }
  const refused = "dial tcp 127.0.0.1:55431: connect: connection refused"
  const given = { services: [], variables: ["DATABASE_URL"] }
  expect(nextStep(refused, about, given)).toContain("host.docker.internal")
  expect(nextStep(refused, about, { services: [], variables: [] })).toBeUndefined()
})

it.each([
  ["unable to open database file: no such file or directory\n", true],
  ["open /data/app.db: permission denied\n", true],
  ["mkdir cache: read-only file system", true],
  ["permission denied for table users", false],
])("a file that cannot be written: %s", (output, isTold) => {
  const next = nextStep(output, { modules: [], typed: [], folderWith })
  expect(next?.includes("--volumes /data") ?? false).toBe(isTold)
})
