import { expect } from "vitest"

/** What a started image offers to its case. */
export interface Started {
  /** Where it is to listen, without a trailing slash; answers already when the case says that it serves. */
  url: string
  /** What the program has printed so far. */
  output: () => string
}

export interface ImageCase {
  name: string
  /** Folder, relative to the checkout. */
  source: string
  /** The same names on the command line and in the Dagger module's constructor. */
  options?: Record<string, string>
  /** All that is below /app, as `type mode uid:gid`: what is not listed must not be there. */
  app: Record<string, string>
  /** Programs among them: static, for this platform. */
  programs: string[]
  entrypoint: string[]
  command: string[]
  path?: string
  labels: Record<string, string>
  /** Compressed size of what lies above the base image. */
  maxMegabytes: number
  /** Text that no file of any layer may hold. */
  secret?: string
  run:
    | { serves: true; check: (started: Started) => Promise<void> }
    /** What the program prints when it has started. */
    | { serves: false; prints: string }
}

/** Anybody may write there, and replace only what is his own. */
const appFolder = "directory 1777 0:0"
/** Of programs, and root's. */
const programFolder = "directory 755 0:0"
const program = "file 755 0:0"
const folder = "directory 775 1000:0"
const asset = "file 644 1000:0"
const systemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

async function text(url: string, init?: RequestInit): Promise<string> {
  const answer = await fetch(url, { redirect: "manual", ...init })
  return `${answer.status} ${(await answer.text()).trim()}`
}

const orders = {
  source: "examples/orders",
  app: {
    "/app": appFolder,
    "/app/bin": programFolder,
    "/app/bin/api": program,
    "/app/bin/migrate": program,
    "/app/bin/worker": program,
  },
  programs: ["/app/bin/api", "/app/bin/migrate", "/app/bin/worker"],
  path: `/app/bin:${systemPath}`,
  labels: {
    "go-image.process.release": "migrate",
    "go-image.process.web": "api",
    "go-image.process.worker": "worker",
  },
  maxMegabytes: 6,
}

export const cases: ImageCase[] = [
  {
    name: "hello-web",
    source: "examples/hello-web",
    app: { "/app": appFolder, "/app/hello-web": program },
    programs: ["/app/hello-web"],
    entrypoint: ["/app/hello-web"],
    command: [],
    labels: {},
    maxMegabytes: 4,
    run: {
      serves: true,
      async check({ url }) {
        expect(await text(url)).toBe("200 Hello from hello-web")
        expect(await text(`${url}/healthz`)).toBe('200 {"status":"ok"}')
        const about: unknown = await (await fetch(`${url}/about`)).json()
        expect(about).toMatchObject({ uid: 1000, gid: 1000, folder: "/app" })
        expect(about).toHaveProperty("go", expect.stringMatching(/^go1\.25(\.\d+)?$/))
      },
    },
  },
  {
    name: "shortlinks",
    source: "examples/shortlinks",
    app: { "/app": appFolder, "/app/shortlinks": program },
    programs: ["/app/shortlinks"],
    entrypoint: ["/app/shortlinks"],
    command: [],
    labels: {},
    maxMegabytes: 4,
    run: {
      serves: true,
      async check({ url }) {
        // Creating a link writes a file into the working directory.
        const body = JSON.stringify({ url: "https://example.com/long" })
        const created = await fetch(`${url}/links`, { method: "POST", body })
        expect(created.status).toBe(201)
        const { id } = (await created.json()) as { id: string }
        const followed = await fetch(`${url}/${id}`, { redirect: "manual" })
        expect(followed.headers.get("location")).toBe("https://example.com/long")
        expect(await text(url)).toBe("200 1 links")
      },
    },
  },
  {
    name: "orders",
    ...orders,
    entrypoint: ["/app/bin/api"],
    command: [],
    run: {
      serves: true,
      async check({ url, output }) {
        const created = await text(`${url}/orders?item=tea`, { method: "POST" })
        expect(created).toMatch(/^201 \{"id":"\w+","item":"tea","status":"new"\}$/)
        expect(await text(`${url}/orders`)).toContain('"item":"tea"')
        expect(output()).toContain("api: listening on")
      },
    },
  },
  {
    name: "orders-worker",
    ...orders,
    options: { process: "worker" },
    entrypoint: ["/app/bin/worker"],
    command: [],
    run: { serves: false, prints: "worker: waiting for orders in data" },
  },
  {
    name: "idgen",
    source: "examples/idgen",
    app: { "/app": appFolder, "/app/idgen": program },
    programs: ["/app/idgen"],
    entrypoint: ["/app/idgen"],
    command: [],
    labels: {},
    maxMegabytes: 4,
    run: {
      serves: true,
      async check({ url }) {
        expect(await text(`${url}/uuid7`)).toMatch(/^200 [0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}$/)
        expect(await text(`${url}/ulid`)).toMatch(/^200 [0-9A-Z]{26}$/)
      },
    },
  },
  {
    name: "ledger",
    source: "examples/ledger",
    app: { "/app": appFolder, "/app/ledger": program },
    programs: ["/app/ledger"],
    entrypoint: ["/app/ledger"],
    command: [],
    labels: {},
    maxMegabytes: 6,
    run: {
      serves: true,
      async check({ url, output }) {
        expect(await text(`${url}/healthz`)).toBe("200 ok")
        // No database is here; with one, the project's own tests show that it keeps what it is told.
        expect(await text(`${url}/balances`)).toBe("503 the database does not answer")
        // What it prints comes on another way than what it answers.
        await expect.poll(output, { timeout: 10_000 }).toContain("ledger: failed to connect")
      },
    },
  },
  {
    name: "guestbook",
    source: "examples/guestbook",
    app: {
      "/app": appFolder,
      "/app/guestbook": program,
      "/app/static": folder,
      "/app/static/style.css": asset,
      "/app/templates": folder,
      "/app/templates/book.html": asset,
    },
    programs: ["/app/guestbook"],
    entrypoint: [],
    command: ["/bin/sh", "-c", "exec /app/guestbook -listen :$PORT"],
    labels: { "go-image.process.web": "./guestbook -listen :$PORT" },
    maxMegabytes: 5,
    secret: "not-a-real-secret-5f0c",
    run: {
      serves: true,
      async check({ url }) {
        const form = new URLSearchParams({ name: "Ada", message: "<lovely>" })
        expect(await text(url, { method: "POST", body: form })).toMatch(/^303/)
        expect(await text(url)).toContain("<strong>Ada</strong> &lt;lovely&gt;")
        expect(await text(`${url}/static/style.css`)).toContain("font-family")
      },
    },
  },
]

export function expectedEnvironment({ path = systemPath, run }: ImageCase): string[] {
  return [`PATH=${path}`, ...(run.serves ? ["PORT=8080"] : [])]
}

export function expectedPorts({ run }: ImageCase): Record<string, object> | undefined {
  return run.serves ? { "8080/tcp": {} } : undefined
}
