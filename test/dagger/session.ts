import { createServer, type IncomingMessage } from "node:http"
import { connection } from "@dagger.io/dagger"
import { Kind, parse, valueFromASTUntyped, type FieldNode, type SelectionNode } from "graphql"

/** One operation that a client asked of the engine, e.g. `from` with `{address: "golang:1.25"}`. */
export interface Operation {
  name: string
  /** An argument that is an object of the engine, e.g. a Directory, is given as the operations that made it. */
  args: Record<string, unknown>
}

/** What made an object: operations in their order, the root's first. */
export type Chain = Operation[]

/** Answers a leaf field such as `glob` or `contents`; `id` and `sync` are answered by the session. */
export type Answer = (chain: Chain) => unknown

/**
 * Stands in for an engine's session: the SDK's own client talks to it over HTTP, as it would to an engine. It carries
 * nothing out; it records which operations were asked for, and knows by an object's ID how that object was made.
 */
export class RecordedSession {
  /** Requests so far: what a user waits for, one after the other. */
  requests = 0
  private readonly made: Chain[] = []

  constructor(readonly answer: Answer = noAnswer) {}

  /** Runs `use` with the SDK's global client connected to this session. */
  run<T>(use: () => Promise<T>): Promise<T> {
    return this.serve(async (variables) => {
      const before = Object.keys(variables).map((name) => [name, process.env[name]] as const)
      Object.assign(process.env, variables)
      try {
        let result: T | undefined
        await connection(async () => {
          result = await use()
        })
        return result as T
      } finally {
        // Not by another object: what tests set in that, no program and no function of Node.js sees.
        for (const [name, value] of before) {
          if (value === undefined) delete process.env[name]
          else process.env[name] = value
        }
      }
    })
  }

  /** @param use Gets the environment by which a client in another process finds this session. */
  async serve<T>(use: (variables: Record<string, string>) => Promise<T>): Promise<T> {
    const server = createServer((request, response) => {
      void body(request).then((text) => {
        const result = this.execute(text)
        response.setHeader("content-type", "application/json")
        response.end(JSON.stringify(result))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    const port = typeof address === "object" && address ? address.port : 0
    try {
      return await use({ DAGGER_SESSION_PORT: String(port), DAGGER_SESSION_TOKEN: "recorded" })
    } finally {
      server.close()
      server.closeAllConnections()
    }
  }

  /** How an object was made, by asking for its ID as the SDK does. */
  async chainOf(object: { id: () => Promise<unknown> }): Promise<Chain> {
    return this.resolve(await object.id())
  }

  private execute(text: string): { data?: unknown; errors?: { message: string }[] } {
    this.requests++
    try {
      const { query, variables = {} } = JSON.parse(text) as {
        query: string
        variables?: Record<string, unknown>
      }
      const [definition] = parse(query).definitions
      if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`not a query: ${query}`)
      return { data: this.select(definition.selectionSet.selections, [], variables) }
    } catch (error) {
      return { errors: [{ message: (error as Error).message }] }
    }
  }

  private select(
    selections: readonly SelectionNode[],
    chain: Chain,
    variables: Record<string, unknown>,
  ): unknown {
    const fields = selections.flatMap((selection) =>
      selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet.selections : [selection],
    )
    const entries = fields.map((field) => {
      if (field.kind !== Kind.FIELD) throw new Error(`not a field: ${field.kind}`)
      return [field.alias?.value ?? field.name.value, this.field(field, chain, variables)]
    })
    return Object.fromEntries(entries)
  }

  private field(field: FieldNode, chain: Chain, variables: Record<string, unknown>): unknown {
    const name = field.name.value
    const args = Object.fromEntries(
      (field.arguments ?? []).map(({ name, value }) => [
        name.value,
        this.resolve(valueFromASTUntyped(value, variables)),
      ]),
    )
    if (name === "id" || name === "sync") return this.made.push(chain) - 1 + idSuffix
    const next = name === "node" ? (args["id"] as Chain) : [...chain, { name, args }]
    const selections = field.selectionSet?.selections
    if (!selections) return this.answer(next)
    const isObject =
      selections.some((each) => each.kind === Kind.INLINE_FRAGMENT) || !lists.has(name)
    return isObject ? this.select(selections, next, variables) : this.answer(next)
  }

  /** IDs become what they stand for. */
  private resolve(value: unknown): Chain {
    if (Array.isArray(value)) return value.map((each) => this.resolve(each)) as unknown as Chain
    const [, index] = /^(\d+)#recorded$/.exec(String(value)) ?? []
    return index === undefined ? (value as Chain) : (this.made[Number(index)] as Chain)
  }
}

const idSuffix = "#recorded"

/** Fields whose answer is a list of objects. */
const lists: ReadonlySet<string> = new Set(["search", "inputArgs"])

function noAnswer(chain: Chain): never {
  throw new Error(`the session has no answer for ${chain.map(({ name }) => name).join(".")}`)
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString("utf8")
}
