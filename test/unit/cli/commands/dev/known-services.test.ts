import { describe, expect, it } from "vitest"
import {
  environmentFor,
  knownService,
} from "../../../../../cli/commands/dev/services/known-services.js"
import { parseService, serviceLines } from "../../../../../cli/commands/dev/services/services.js"

describe("a service", () => {
  const requests: Record<string, { name: string; image: string; isArchive: boolean }> = {
    "postgres:17": { name: "postgres", image: "postgres:17", isArchive: false },
    "ghcr.io/team/queue@sha256:0000000000000000000000000000000000000000000000000000000000000000": {
      name: "queue",
      image:
        "ghcr.io/team/queue@sha256:0000000000000000000000000000000000000000000000000000000000000000",
      isArchive: false,
    },
    "db=registry.example.com:5000/postgres:17": {
      name: "db",
      image: "registry.example.com:5000/postgres:17",
      isArchive: false,
    },
    "cache=/tmp/no-such/redis.tar": {
      name: "cache",
      image: "/tmp/no-such/redis.tar",
      isArchive: true,
    },
    "/tmp/no-such/backend.oci.tar": {
      name: "backend",
      image: "/tmp/no-such/backend.oci.tar",
      isArchive: true,
    },
  }
  for (const [text, expected] of Object.entries(requests)) {
    it(text, () => {
      expect(parseService(text)).toEqual(expected)
    })
  }

  it("has a name that can be a host", () => {
    expect(() => parseService("my_db=postgres:17")).toThrow("not a name for a service: my_db")
  })

  it("that is known tells programs how it is reached", () => {
    expect(knownService("postgres")?.tells("postgres", 5433)).toMatchObject({
      DATABASE_URL: "postgres://dev:dev@postgres:5433/dev?sslmode=disable",
      PGPORT: "5433",
    })
    expect(knownService("toString")).toBeUndefined()
  })

  it("of any kind tells where it is", () => {
    expect(environmentFor("user-api", { host: "user-api", port: 8080 })).toEqual({
      USER_API_HOST: "user-api",
      USER_API_PORT: "8080",
    })
  })
})

it("what is told of a running service: where it is, all values, and how long it has its data", () => {
  const environment = {
    ...environmentFor("postgres", { host: "postgres", port: 5433 }),
    ...knownService("postgres")?.tells("postgres", 5433),
  }
  const running = { name: "postgres", environment, exited: Promise.resolve(0) }
  const stop = () => running.exited
  expect(serviceLines({ ...running, stop, port: 5433 })).toEqual([
    "service postgres: ready on 127.0.0.1:5433; its data is removed when dev ends. Variables of the program:",
    "    DATABASE_URL=postgres://dev:dev@postgres:5433/dev?sslmode=disable",
    "    POSTGRES_HOST=postgres POSTGRES_PORT=5433 PGHOST=postgres PGPORT=5433 PGUSER=dev PGPASSWORD=dev PGDATABASE=dev PGSSLMODE=disable",
  ])
  expect(serviceLines({ ...running, stop })[0]).toContain("ready in Docker's network;")
})
