import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { version } from "../../src/version.js"
import { root } from "./command.js"
import { buildOnDebian } from "./volumes.js"

/*
 * The image of the Woodpecker plugin, built from its own Dockerfile and run as Woodpecker runs it. Its base and what npm has are
 * not here: Debian stands in for it, with programs that only say what they were told.
 */

const folder = join(root, "components/woodpecker")
const dockerfile = readFileSync(join(folder, "Dockerfile"), "utf8")

/** Its base is Alpine with Docker's client. */
const standIn = ["apk", "docker", "npx"]
  .map(
    (name) => `COPY --chmod=0755 <<"EOF" /usr/bin/${name}
#!/bin/sh
echo "${name}: $*"
EOF
`,
  )
  .join("")

const isOurs = process.getuid?.() === 0 && !process.env.BUILDKIT_HOST

it.runIf(isOurs)(
  "the image of the Woodpecker plugin is built, and does what its settings say",
  async () => {
    const [, entrypoint = ""] = /^ENTRYPOINT \["(.*)"\]$/m.exec(dockerfile) ?? []
    // Never the same step twice: one that is cached prints nothing.
    const plugin = dockerfile.replace(
      /^FROM docker:\S+$/m,
      `FROM debian AS plugin\nENV AT=${randomUUID()}`,
    )
    expect(plugin).toContain("FROM debian AS plugin")
    const settings = [
      ["PLUGIN_TAGS", "registry.example.com/app:1,registry.example.com/app:latest"],
      ["PLUGIN_PUSH", "true"],
      ["PLUGIN_CHECKS", "test"],
      ["PLUGIN_USERNAME", "robot"],
      ["PLUGIN_PASSWORD", "not-a-real-secret"],
    ].map(([name, value]) => `ENV ${name}=${value}`)
    const run = ["FROM plugin", ...settings, `RUN ["${entrypoint}"]`]
    const printed = await buildOnDebian(
      `${standIn}${plugin}\n${run.join("\n")}\n`,
      { type: "none" },
      folder,
    )
    const go = `npx: --yes go-image@${version} .`
    expect(printed.split("\n").filter((line) => /^(?:apk|docker|npx): /.test(line))).toEqual([
      "apk: add --no-cache git nodejs npm",
      "docker: login registry.example.com --username robot --password-stdin",
      `${go} --check=test`,
      `${go} --tag=registry.example.com/app:1 --tag=registry.example.com/app:latest --push`,
    ])
    expect(printed).not.toContain("not-a-real-secret")
  },
)
