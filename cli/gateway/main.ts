import { create } from "@bufbuild/protobuf"
import { connectBridge } from "./bridge/bridge.js"
import { statusOf } from "./failure.js"
import { buildProject } from "./frontend.js"
import { ReturnRequestSchema } from "./generated/github.com/moby/buildkit/frontend/gateway/pb/gateway_pb.js"
import { readFrontendOptions } from "./options.js"

/** BuildKit runs this for `# syntax=ghcr.io/OWNER/go-image`. */
async function main(): Promise<void> {
  const bridge = connectBridge()
  let returned
  try {
    const result = await buildProject(bridge, readFrontendOptions(process.env))
    returned = create(ReturnRequestSchema, { result })
  } catch (error) {
    returned = create(ReturnRequestSchema, { error: statusOf(error) })
  }
  await bridge.return(returned)
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    // BuildKit's log has it.
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)
