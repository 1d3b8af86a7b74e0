import { readFileSync } from "node:fs"

/** A socket that a program waits on for others to come. */
export interface Listener {
  protocol: "tcp" | "udp"
  /** `0.0.0.0` and `::` where it is every address. */
  address: string
  port: number
}

/** All of the network namespace that a process of this machine is in; none once the process has ended. */
export function listenersOf(pid: number): Listener[] {
  return (["tcp", "udp"] as const).flatMap((protocol) =>
    ["", "6"].flatMap((version) =>
      parseSockets(read(`/proc/${pid}/net/${protocol}${version}`), protocol),
    ),
  )
}

/** Whether only programs in the same network namespace, the same container, can reach it. */
export function isLoopback({ address }: Listener): boolean {
  return address.startsWith("127.") || address === "::1"
}

/** The kernel's table (proc_net_tcp(5)): `sl local_address rem_address st …`, numbers in hexadecimal. */
export function parseSockets(table: string, protocol: Listener["protocol"]): Listener[] {
  const waiting = protocol === "tcp" ? "0A" : "07"
  return table
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const [, local = "", , state] = line.trim().split(/\s+/)
      const [address, port] = local.split(":")
      return address && port && state === waiting
        ? [{ protocol, address: parseAddress(address), port: parseInt(port, 16) }]
        : []
    })
}

/** Words of four bytes, each as this machine has them in memory: the last byte first, on all that Node.js runs on but s390x. */
function parseAddress(hex: string): string {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => {
    const inMemory = (word.match(/../g) ?? []).map((byte) => parseInt(byte, 16))
    return littleEndian ? inMemory.reverse() : inMemory
  })
  if (bytes.length === 4) return bytes.join(".")
  const groups = Array.from({ length: 8 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  )
  // An address of IPv4 in the clothes of IPv6.
  if (/^(?:0:){5}ffff$/.test(groups.slice(0, 6).join(":"))) return bytes.slice(12).join(".")
  return groups
    .join(":")
    .replace(/^(?:0:){7}/, "::")
    .replace(/^::0$/, "::")
}

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

function read(file: string): string {
  try {
    return readFileSync(file, "latin1")
  } catch {
    return ""
  }
}
