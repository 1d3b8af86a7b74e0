import type { Bridge } from "./bridge.js"
import type { Result } from "../generated/github.com/moby/buildkit/frontend/gateway/pb/gateway_pb.js"
import type { Definition } from "../generated/github.com/moby/buildkit/solver/pb/ops_pb.js"

export interface ToSolve {
  definition?: Definition
  /** Of BuildKit's own; the definition's result where there is none. */
  frontend?: string
  options?: Record<string, string>
  inputs?: Record<string, Definition>
}

export interface Solved {
  /** What files can be asked for; undefined where the result is empty, or for several platforms. */
  ref?: string
  definition?: Definition
  /** As it is given back to BuildKit. */
  result: Result
}

export async function solve(
  bridge: Bridge,
  { definition, frontend = "", options = {}, inputs = {} }: ToSolve,
): Promise<Solved> {
  const { result } = await bridge.solve({
    Definition: definition,
    Frontend: frontend,
    FrontendOpt: options,
    FrontendInputs: inputs,
    allowResultReturn: true,
    allowResultArrayRef: true,
  })
  if (!result) throw new Error("BuildKit gave no result")
  const ref = result.result.case === "ref" ? result.result.value : undefined
  return { ref: ref?.id, definition: ref?.def, result }
}

/** Does what the result of it needs, where that was not done yet. */
export async function readText(
  bridge: Bridge,
  ref: string | undefined,
  path: string,
): Promise<string> {
  const { Data } = await bridge.readFile({ Ref: ref, FilePath: path })
  return new TextDecoder().decode(Data)
}
