import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

let folder: string

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
})

afterAll(() => rmSync(folder, { recursive: true }))

// On a base without a shell, where nothing else could ask over HTTP.
it("an image has the arguments, user, capabilities, folders, copied files, stop signal and health check that were asked for", async () => {
  const archive = join(folder, "well.tar")
  const options = [
    ["--runtime", "scratch"],
    ["--entry-arguments", "--log=json"],
    ["--default-arguments", "serve"],
    ["--health-check", "/healthz"],
    ["--stop-signal", "int"],
    ["--user", "1234:5678"],
    ["--capabilities", "cap_net_bind_service"],
    ["--working-directory", "/data"],
    ["--volumes", "/data"],
    ["--folders", "/var/lib/well"],
    ["--copy", "config.txt=/etc/well/config.txt", "--copy", "pages=/srv"],
  ].flat()
  const args = ["test/e2e/well", ...options, "--output", archive, "--run"]
  const { code, stdout, stderr } = await script(args)
  expect(code, stderr).toBe(0)
  expect(stderr).toContain("\nhealth check /healthz: 200 OK\n")
  // What was made is named at the end.
  expect(stdout).toMatch(/\nsha256:[0-9a-f]{64}\n$/)
  expect(stdout.replace(/sha256:[0-9a-f]{64}\n$/, "")).toBe(
    [
      "/app/well --log=json serve in /data as 1234 5678",
      "CapEff:\t0000000000000400",
      "/data true",
      "/var/lib/well true",
      "/etc false",
      "configured",
      "/healthz <nil> HTTP status 200",
      "/sick exit status 1 HTTP status 503",
      "interrupt",
      "",
    ].join("\n"),
  )
  const image = await readImage(archive)
  expect(image.run).toMatchObject({
    User: "1234:5678",
    WorkingDir: "/data",
    Entrypoint: ["/app/well", "--log=json"],
    Cmd: ["serve"],
    ExposedPorts: { "7070/tcp": {} },
    Volumes: { "/data": {} },
    StopSignal: "SIGINT",
    Healthcheck: { Test: ["CMD", "/usr/local/bin/health-check", "/healthz"] },
  })
  expect(image.files.get("/usr/local/bin/health-check")).toMatchObject({ uid: 0, mode: 0o755 })
  expect(image.files.get("/app/well")).toMatchObject({ uid: 0, mode: 0o755 })
  for (const path of ["/etc/well/config.txt", "/srv/index.html"]) {
    expect(image.files.get(path), path).toMatchObject({ uid: 0, gid: 0, mode: 0o644 })
  }
  expect(
    [...image.files.keys()].filter((path) => /\.env|\/app\/(?:config|pages)/.test(path)),
  ).toEqual([])
  const capable = [...image.files].filter(([, file]) => file.hasCapabilities)
  expect(capable.map(([path]) => path)).toEqual(["/app/well"])
  expect((await image.readFile("/usr/local/bin/health-check")).length).toBeLessThan(1_400_000)
  const passwd = (await image.readFile("/etc/passwd")).toString()
  expect(passwd).toMatch(/^user1234:x:1234:5678:/m)
})
