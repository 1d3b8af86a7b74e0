import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { UserError } from "../../../src/errors.js"
import { vulnerabilityDatabase } from "../../../src/plan/tasks/tasks.js"
import { statusAnswer } from "../../../src/registry-answer.js"
import type { Osv } from "../../../src/sbom/programs/govulncheck.js"
import { SetupError, TemporaryFailure } from "../../errors.js"
import { HttpClient } from "../../http/client.js"
import { networkReason } from "../../http/network-reason.js"

/** https://ossf.github.io/osv-schema/, as Go's database has it: https://go.dev/doc/security/vuln/database */
export interface OsvEntry extends Osv {
  schema_version?: string
  modified?: string
  published?: string
  withdrawn?: string
  affected?: Affected[]
}

export interface Affected {
  package: { name: string; ecosystem?: string }
  ranges?: { type: string; events: { introduced?: string; fixed?: string }[] }[]
  ecosystem_specific?: { imports?: VulnerablePackage[] }
}

export interface VulnerablePackage {
  path: string
  goos?: string[]
  goarch?: string[]
  /** None: all of the package. */
  symbols?: string[]
}

interface IndexedModule {
  path: string
  vulns?: { id: string }[]
}

const howMany = 8

/** What is known of vulnerabilities, by module: on this disk, or at a URL. */
export class Database {
  private constructor(
    private readonly address: string,
    private readonly read: (file: string) => Promise<unknown>,
  ) {}

  /** @param address A folder, or a URL: `https://…`, `file:///…`. */
  static open(address = vulnerabilityDatabase): Database {
    if (/^https?:\/\//.test(address)) return new Database(address, readFrom(address))
    if (/^[a-z]+:\/\//i.test(address) && !address.startsWith("file:///")) {
      throw new UserError(`not a vulnerability database: ${address}`, {
        hint: "Give a folder, file:///FOLDER, or https://…",
      })
    }
    const folder = address.startsWith("file:") ? fileURLToPath(address) : address
    if (!statSync(join(folder, "index/modules.json"), { throwIfNoEntry: false })) {
      throw new UserError(`not a vulnerability database: ${folder} has no index/modules.json`, {
        hint: "Give the folder of a copy: https://go.dev/doc/security/vuln/database has the format.",
      })
    }
    return new Database(folder, readIn(folder))
  }

  /** When it last changed. */
  async modified(): Promise<string | undefined> {
    return ((await this.read("index/db.json")) as { modified?: string }).modified
  }

  /** Entries about any of these modules, but for those that were withdrawn. */
  async about(modules: ReadonlySet<string>): Promise<OsvEntry[]> {
    const index = await this.read("index/modules.json")
    if (!Array.isArray(index)) throw this.fault("index/modules.json is no list")
    const ids = (index as IndexedModule[])
      .filter(({ path }) => modules.has(path))
      .flatMap(({ vulns = [] }) => vulns.map(({ id }) => id))
    const found: OsvEntry[] = []
    const open = [...new Set(ids)].sort()
    while (open.length > 0) {
      const entries = open.splice(0, howMany).map((id) => this.entry(id))
      found.push(...(await Promise.all(entries)))
    }
    return found.filter(({ withdrawn }) => withdrawn === undefined)
  }

  private async entry(id: string): Promise<OsvEntry> {
    // It becomes a part of a path.
    if (!/^[\w-]+$/.test(id)) throw this.fault(`an entry has the name ${JSON.stringify(id)}`)
    return (await this.read(`ID/${id}.json`)) as OsvEntry
  }

  private fault(what: string): UserError {
    return new UserError(`not a vulnerability database: ${this.address}: ${what}`)
  }
}

function readIn(folder: string) {
  return (file: string): Promise<unknown> => {
    const path = join(folder, file)
    try {
      return Promise.resolve(JSON.parse(readFileSync(path, "utf8")))
    } catch (error) {
      const reason = (error as Error).message
      throw new UserError(`the vulnerability database cannot be read: ${path}: ${reason}`)
    }
  }
}

function readFrom(address: string) {
  const http = new HttpClient()
  const which = address === vulnerabilityDatabase ? "the public vulnerability database" : address
  const hint =
    "Give another one with --vulnerability-database, such as the folder of a copy on this disk."
  return async (file: string): Promise<unknown> => {
    const url = `${address.replace(/\/+$/, "")}/${file}`
    const response = await http.send(url).catch((error: unknown) => {
      throw new SetupError(`${which} is not available: ${networkReason(error)}`, { hint })
    })
    const { ok, status, statusText } = response
    const text = await response.text()
    if (!ok) {
      const found = `${which} is not available: it answers ${`${status} ${statusText}`.trim()} for ${file}`
      const answer = statusAnswer(status)
      throw answer === "limit" || answer === "temporary"
        ? new TemporaryFailure(found, { hint: "This may be temporary: try again." })
        : new SetupError(found, { hint })
    }
    try {
      return JSON.parse(text)
    } catch {
      throw new SetupError(`${which} is not available: ${file} is not JSON`, { hint })
    }
  }
}
