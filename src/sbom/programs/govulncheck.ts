/** What govulncheck prints with `-format=json`: https://pkg.go.dev/golang.org/x/vuln/internal/govulncheck */
export interface Message {
  config?: { db_last_modified?: string }
  osv?: Osv
  finding?: Finding
}

export interface Osv {
  id: string
  summary?: string
  aliases?: string[]
}

export interface Finding {
  osv: string
  fixed_version?: string
  /** From the vulnerable code to where the program begins to lead there. */
  trace: Frame[]
}

export interface Frame {
  module: string
  version?: string
  package?: string
  /** Undefined where nothing of the package is called. */
  function?: string
  receiver?: string
  position?: { filename?: string; line?: number }
}

/** Objects one after the other, each of several lines, of which the last has nothing but its brace. */
export function readMessages(output: string): Message[] {
  return output
    .split(/(?<=^\}$)\n/m)
    .filter((text) => text.trim() !== "")
    .map((text) => JSON.parse(text) as Message)
}
