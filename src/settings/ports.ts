import { UserError } from "../errors.js"

/**
 * A port as images have it among their exposed ones: `8080/tcp`, `53/udp`.
 * @pattern ^\d+/(tcp|udp)$
 */
export type Port = `${number}/${"tcp" | "udp"}`

/** `8080`, `53/udp`, several with commas or blanks between them; 0 alone is none. The first one of TCP is PORT. */
export function parsePorts(texts: readonly string[], from: string): Port[] {
  const all = texts.flatMap((text) => text.split(/[\s,]+/)).filter(Boolean)
  if (all.length === 1 && all[0] === "0") return []
  if (all.length === 0) throw notAPort(texts.join(" "), from)
  return [...new Set(all.map((text) => parsePort(text, from)))]
}

function parsePort(text: string, from: string): Port {
  const [, digits, protocol = "tcp"] = /^(\d{1,5})(?:\/(tcp|udp))?$/i.exec(text) ?? []
  const port = Number(digits)
  if (!(port > 0 && port < 65536)) throw notAPort(text, from)
  return `${port}/${protocol.toLowerCase() as "tcp" | "udp"}`
}

export function portNumber(port: Port): number {
  return parseInt(port)
}

export function isTcp(port: Port): boolean {
  return port.endsWith("/tcp")
}

/** As people write it, and a Dockerfile: of TCP the number alone. */
export function shortPort(port: Port): string {
  return isTcp(port) ? String(portNumber(port)) : port
}

function notAPort(text: string, from: string): UserError {
  return new UserError(`not a port: ${JSON.stringify(text)} (${from})`, {
    hint: "Write a number from 1 to 65535, such as 8080 or 53/udp, or 0 alone for none.",
  })
}
