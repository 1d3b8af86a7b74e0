import type { Chain, Operation } from "./session.js"

const accessors = new Set(["directory", "file", "rootfs"])

/**
 * Recorded operations as text, for reading beside a plan and a Dockerfile: one operation a line; a container that others
 * take files from stands once, above its first use, under a name of its own.
 */
export function printChain(chain: Chain): string {
  const names = new Map<string, string>()
  const blocks: string[] = []

  const nameOf = (container: Chain): string => {
    const key = JSON.stringify(container)
    const known = names.get(key)
    if (known !== undefined) return known
    const lines = container.map(printOperation)
    const name = `container${names.size + 1}`
    names.set(key, name)
    blocks.push([`${name}:`, ...lines].join("\n  "))
    return name
  }
  const printValue = (value: unknown): string => {
    if (!isChain(value)) return JSON.stringify(value)
    const [first] = value
    if (first?.name !== "container") return value.map(printOperation).join(".")
    const end = value.findIndex(({ name }) => accessors.has(name))
    const from = end < 0 ? value.length : end
    return [nameOf(value.slice(0, from)), ...value.slice(from).map(printOperation)].join(".")
  }
  const printOperation = ({ name, args }: Operation): string => {
    const printed = Object.entries(args).map(([key, value]) => `${key}: ${printValue(value)}`)
    return `${name}(${printed.join(", ")})`
  }
  const last = chain.map(printOperation)
  return `${[...blocks, ["image:", ...last].join("\n  ")].join("\n\n")}\n`
}

function isChain(value: unknown): value is Chain {
  return Array.isArray(value) && value.length > 0 && value.every(isOperation)
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "name" in value && "args" in value
}
