import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { Builder } from "../build/builder.js"
import type { Output } from "../engine/engine.js"
import { runCommand } from "../command-line/run-command.js"
import type { Planned } from "../build/planned.js"
import { parseArguments } from "../command-line/build-command.js"

/*
 * Builds the frontend's own image, with the engine that projects are built with, and the same options: `bash script/gateway
 * --tag REFERENCE --push --platform linux/amd64,linux/arm64`.
 */

const [root = ".", ...args] = process.argv.slice(2)
const request = parseArguments([root, ...args], process.env)
const dockerfile = readFileSync(join(root, "cli/gateway/Dockerfile"), "utf8")
const [, node = ""] = /^FROM (\S+) AS node$/m.exec(dockerfile) ?? []

const planned: Planned = {
  stages: [{ name: "node", from: { image: node }, steps: [] }],
  sourceExclude: ["**", "!package*.json", "!src", "!cli", "!examples/hello-web"],
  sourceName: "frontend",
  platforms: request.options.platform?.split(",") ?? [],
  image: { annotations: [], sourceDateEpoch: 0 },
}

const output: Output = request.push
  ? { type: "push", tags: request.tags }
  : request.load
    ? { type: "load", tags: request.tags }
    : { type: "oci", path: resolve(request.output ?? "frontend.oci.tar"), tags: request.tags }

void runCommand(request, (terminal, catchSignals) => {
  const options = {
    request,
    source: root,
    neverSent: [],
    secrets: {},
    terminal,
    signal: catchSignals(),
  }
  return Builder.with(options, [planned], async (builder) => {
    const metadata = await builder.build(planned, () => dockerfile, output)
    process.stdout.write(`${metadata["containerimage.digest"]}\n`)
  })
})
