import { execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { root } from "./command.js"
import type { Descriptor } from "../../cli/image/oci.js"

/** What others make of our images and documents: see referee/main.go. */
export class Referee {
  private constructor(private readonly program: string) {}

  /** @param folder Where the program goes. */
  static build(folder: string): Referee {
    const program = join(folder, "referee")
    const cwd = join(root, "test/e2e/referee")
    const env = { ...process.env, GOFLAGS: "-mod=readonly", GOWORK: "off" }
    execFileSync("go", ["build", "-o", program, "."], { cwd, env, stdio: "pipe" })
    return new Referee(program)
  }

  async serve(withReferrers: boolean): Promise<{ host: string; stop: () => Promise<void> }> {
    const how = withReferrers ? "with-referrers" : "without-referrers"
    const server = spawn(this.program, ["serve", how], { stdio: ["ignore", "pipe", "ignore"] })
    const [host] = (await once(server.stdout.setEncoding("utf8"), "data")) as [string]
    const stop = async () => {
      const ended = once(server, "exit")
      server.kill()
      await ended
    }
    return { host: host.trim(), stop }
  }

  referrers(reference: string): Descriptor[] {
    return (JSON.parse(this.ask("referrers", reference)) as Descriptor[] | null) ?? []
  }

  /** Names and versions of what is in it. */
  read(format: "spdx" | "cyclonedx", file: string): string[] {
    return this.ask(format, file)
      .split("\n")
      .map((line) => line.trim())
  }

  private ask(...args: string[]): string {
    return execFileSync(this.program, args, { encoding: "utf8" })
  }
}
