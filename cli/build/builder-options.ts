import type { Terminal } from "../terminal/terminal.js"
import type { Request } from "../request.js"

export interface BuilderOptions {
  request: Request
  /** Absolute path of the project. */
  source: string
  /** Patterns of files in it that are not part of it; see ownPatterns. */
  neverSent: string[]
  /** Files by the names of the secrets in them. */
  secrets: Record<string, string>
  terminal: Terminal
  signal: AbortSignal
}
