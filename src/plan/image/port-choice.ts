import type { Port } from "../../settings/ports.js"

export interface PortChoice {
  ports: Port[]
  /** In the environment as PORT. */
  variable?: number
  from: string
  notices: string[]
}
