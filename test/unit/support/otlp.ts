/** What a request of OTLP has, as far as tests look at it. */
export interface Trace {
  resource: Record<string, string> | undefined
  spans: Span[]
}

export interface Span {
  trace: string
  id: string
  parent: string
  name: string
  /** Nanoseconds since 1970; 0 for the end of one that has not ended. */
  start: number
  end: number
  attributes: Record<string, string>
  /** `ok`, `error MESSAGE`, or nothing. */
  status: string
}

type Field = Buffer | number

/** https://github.com/open-telemetry/opentelemetry-proto: ExportTraceServiceRequest with one resource and scope. */
export function readTrace(request: Buffer): Trace {
  const resourceSpans = read(only(read(request), 1))
  const resource = resourceSpans.get(1)?.[0] as Buffer | undefined
  const scopeSpans = read(only(resourceSpans, 2))
  return {
    resource: resource && attributes(read(resource).get(1)),
    spans: (scopeSpans.get(2) ?? []).map((each) => readSpan(each as Buffer)),
  }
}

function readSpan(message: Buffer): Span {
  const fields = read(message)
  const status = read(only(fields, 15))
  const said = status.get(2)?.[0]?.toString() ?? ""
  return {
    trace: only(fields, 1).toString("hex"),
    id: only(fields, 2).toString("hex"),
    parent: only(fields, 4).toString("hex"),
    name: only(fields, 5).toString(),
    start: Number(fields.get(7)?.[0] ?? 0),
    end: Number(fields.get(8)?.[0] ?? 0),
    attributes: attributes(fields.get(9)),
    status: ["", "ok", `error ${said}`][Number(status.get(3)?.[0] ?? 0)] ?? "",
  }
}

function attributes(pairs: readonly Field[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const fields = read(pair as Buffer)
      return [only(fields, 1).toString(), only(read(only(fields, 2)), 1).toString()]
    }),
  )
}

function only(fields: Map<number, Field[]>, field: number): Buffer {
  const [value, another] = fields.get(field) ?? []
  if (!Buffer.isBuffer(value) || another !== undefined) throw new Error(`not one field ${field}`)
  return value
}

/** https://protobuf.dev/programming-guides/encoding */
function read(message: Buffer): Map<number, Field[]> {
  const fields = new Map<number, Field[]>()
  let at = 0
  const varint = () => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++]
      if (byte === undefined) throw new Error("a number has no end")
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (at < message.length) {
    const key = varint()
    const [field, type] = [Math.floor(key / 8), key % 8]
    let value: Field
    if (type === 0) value = varint()
    else if (type === 1) value = Number(message.readBigUInt64LE((at += 8) - 8))
    else if (type === 5) value = message.readUInt32LE((at += 4) - 4)
    else if (type === 2) {
      const length = varint()
      value = message.subarray(at, (at += length))
    } else throw new Error(`type ${type}`)
    if (at > message.length) throw new Error("a field has no end")
    fields.set(field, [...(fields.get(field) ?? []), value])
  }
  return fields
}
