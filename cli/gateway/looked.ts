import type { BuildContext } from "./context.js"
import type { Look, Seen } from "./look/look-request.js"
import type { Definition } from "./generated/github.com/moby/buildkit/solver/pb/ops_pb.js"

export interface Looked {
  given: BuildContext
  request: Look
  seen: Seen
  /** Of a folder with the Dockerfile in it. */
  definition: Definition
}
