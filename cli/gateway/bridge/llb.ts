import { create, fromBinary, toBinary, type MessageInitShape } from "@bufbuild/protobuf"
import {
  DefinitionSchema,
  type FileActionCopySchema,
  MountType,
  NetMode,
  OpMetadataSchema,
  OpSchema,
  WorkerConstraintsSchema,
  type Definition,
  type Input,
  type Op,
  type OpMetadata,
} from "../generated/github.com/moby/buildkit/solver/pb/ops_pb.js"
import { digestOf } from "../../image/digest.js"

/*
 * BuildKit's low-level build language, as far as it is needed here: a definition is a list of operations, each of which
 * names its inputs by their digests, and, at the end, one that names the result.
 * https://github.com/moby/buildkit/blob/master/solver/pb/ops.proto
 */

/** @param attributes As ops.proto and BuildKit's `solver/pb/attr.go` call them. */
export function source(
  identifier: string,
  attributes: Readonly<Record<string, string>>,
  title: string,
): Definition {
  const attrs = Object.fromEntries(Object.entries(attributes).sort())
  return define([], { op: { case: "source", value: { identifier, attrs } } }, title)
}

/** A local folder of whoever builds. */
export function local(
  name: string,
  session: string,
  attributes: Readonly<Record<string, string>>,
  title: string,
): Definition {
  return source(`local://${name}`, { "local.session": session, ...attributes }, title)
}

/** One file of this text. */
export function file(name: string, text: string, title: string): Definition {
  const value = {
    path: `/${name}`,
    mode: 0o644,
    data: new TextEncoder().encode(text),
    timestamp: -1n,
  }
  const action = { ...fromNothing, action: { case: "mkfile" as const, value } }
  return define([], { op: { case: "file", value: { actions: [action] } } }, title)
}

/** What is below a folder of another definition. */
export function subfolder(of: Definition, folder: string, title: string): Definition {
  const copy = {
    src: `/${folder}`,
    dest: "/",
    mode: -1,
    timestamp: -1n,
    dirCopyContents: true,
    createDestPath: true,
  }
  return copyFrom(of, copy, title)
}

/** An archive's contents. */
export function unpacked(of: Definition, file: string, title: string): Definition {
  const copy = {
    src: `/${file}`,
    dest: "/",
    mode: -1,
    timestamp: -1n,
    attemptUnpackDockerCompatibility: true,
    createDestPath: true,
  }
  return copyFrom(of, copy, title)
}

function copyFrom(
  of: Definition,
  value: MessageInitShape<typeof FileActionCopySchema>,
  title: string,
): Definition {
  const action = {
    ...fromNothing,
    secondaryInput: 0n,
    action: { case: "copy" as const, value },
  }
  return define([of], { op: { case: "file", value: { actions: [action] } } }, title)
}

/** An action on an empty folder, whose result is the operation's. */
const fromNothing = { input: -1n, secondaryInput: -1n, output: 0n }

export interface Program {
  args: string[]
  environment: Record<string, string>
  /** What it runs in; it cannot write there. */
  root: Definition
  /** What it sees besides, by their places. */
  mounts: Readonly<Record<string, Definition>>
  /** The folder that is the result; empty at first. */
  output: string
}

/** A program over other definitions. It has no network; BuildKit keeps its result for the next time they are the same. */
export function run(
  { args, environment, root, mounts, output }: Program,
  title: string,
): Definition {
  const mount = (dest: string, input: number, readonly: boolean) => ({
    dest,
    input: BigInt(input),
    output: readonly ? -1n : 0n,
    readonly,
    mountType: MountType.BIND,
  })
  const value = {
    meta: {
      args,
      env: Object.entries(environment).map(([name, each]) => `${name}=${each}`),
      cwd: "/",
    },
    mounts: [
      mount("/", 0, true),
      ...Object.keys(mounts).map((place, index) => mount(place, index + 1, true)),
      mount(output, -1, false),
    ],
    network: NetMode.NONE,
  }
  const { platform } = lastOp(root)
  const inputs = [root, ...Object.values(mounts)]
  return define(inputs, { op: { case: "exec", value }, platform }, title)
}

/** The digest of the operation that makes the result. */
export function headOf(definition: Definition): string {
  return endOf(definition).digest
}

function define(
  from: readonly Definition[],
  op: MessageInitShape<typeof OpSchema>,
  title: string,
): Definition {
  const made = create(OpSchema, {
    ...op,
    inputs: from.map(endOf),
    constraints: create(WorkerConstraintsSchema),
  })
  const bytes = toBinary(OpSchema, made)
  const end = create(OpSchema, { inputs: [{ digest: digestOf(bytes), index: 0n }] })
  const metadata: Record<string, OpMetadata> = {}
  for (const each of from) Object.assign(metadata, each.metadata)
  metadata[digestOf(bytes)] = create(OpMetadataSchema, {
    description: { "llb.customname": title },
  })
  const below = from.flatMap(({ def }) => def.slice(0, -1))
  const known = new Map([...below, bytes].map((each) => [digestOf(each), each]))
  return create(DefinitionSchema, { def: [...known.values(), toBinary(OpSchema, end)], metadata })
}

function endOf({ def }: Definition): Input {
  const [input] = fromBinary(OpSchema, def.at(-1) ?? new Uint8Array()).inputs
  if (!input) throw new Error("a definition without a result")
  return input
}

function lastOp(definition: Definition): Op {
  const { digest } = endOf(definition)
  const found = definition.def.find((each) => digestOf(each) === digest)
  if (!found) throw new Error(`a definition without its result ${digest}`)
  return fromBinary(OpSchema, found)
}
