import { create } from "@bufbuild/protobuf"
import { Code, ConnectError, decodeBinaryHeader } from "@connectrpc/connect"
import { UserError } from "../../src/errors.js"
import { StatusSchema, type Status } from "./generated/google/rpc/status_pb.js"
import type { Seen } from "./look/look-request.js"

type Failure = NonNullable<Seen["failure"]>

/** Something is wrong with the project, or with what was asked. */
export class ProjectError extends UserError {
  override name = "ProjectError"

  constructor(readonly failure: Failure) {
    super(failure.message)
    // As it is: it has the place already.
    this.message = failure.message
  }
}

/** As BuildKit is told of it; of one that is BuildKit's own, with all that is known of the step that failed. */
export function statusOf(error: unknown): Status {
  if (error instanceof ConnectError) {
    const details = error.metadata.get("grpc-status-details-bin")
    if (details) return decodeBinaryHeader(details, StatusSchema)
    return create(StatusSchema, { code: error.code, message: error.rawMessage })
  }
  if (error instanceof ProjectError) {
    const { message } = error
    return create(StatusSchema, {
      code: Code.Unknown,
      message,
      details: sourceOf(error.failure),
    })
  }
  if (error instanceof UserError) {
    return create(StatusSchema, { code: Code.Unknown, message: error.message })
  }
  const { stack = String(error) } = error instanceof Error ? error : {}
  const message = `${stack}\nThis is a bug in go-image, not in your project. Please report it with the lines above.`
  return create(StatusSchema, { code: Code.Internal, message })
}

/**
 * The lines around the place, which buildctl and docker print. As Go writes errdefs.Source of BuildKit to JSON.
 * https://github.com/moby/buildkit/blob/master/util/grpcerrors/grpcerrors.go
 */
function sourceOf({ place, text }: Failure) {
  if (place?.line === undefined || text === undefined) return []
  const source = {
    info: { filename: place.file, data: Buffer.from(text).toString("base64") },
    ranges: [rangeOf(place.line, place.column)],
  }
  return [
    {
      typeUrl: "github.com/moby/buildkit/errdefs.Source+json",
      value: new TextEncoder().encode(JSON.stringify(source)),
    },
  ]
}

/** BuildKit counts columns from 0. */
export function rangeOf(line: number, column = 1) {
  const position = { line, character: column - 1 }
  return { start: position, end: position }
}
