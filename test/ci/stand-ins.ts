import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** One start of the stand-in for `dagger`. */
export interface Call {
  arguments: string[]
  environment: Record<string, string>
}

export interface Outcome {
  code: number | null
  output: string
  calls: Call[]
  /** Version that dagger's installer was asked for. */
  installed?: string
}

/** A machine on which nothing is real but the shell: `dagger` is what its installer installs, and records its calls. */
export class Runner {
  constructor(
    private readonly folder: string,
    /** Exit status of `dagger check`. */
    checkStatus = 0,
  ) {
    mkdirSync(join(folder, "bin"))
    mkdirSync(join(folder, "home"))
    this.program("bin/apk", `[ "$*" = "add curl" ]`)
    this.program(
      "bin/curl",
      `[ "$*" = "-fsSL https://dl.dagger.io/dagger/install.sh" ] && cat "${folder}/install.sh"`,
    )
    this.program(
      "install.sh",
      `mkdir -p "$BIN_DIR" && cp "${folder}/dagger" "$BIN_DIR/" && echo "$DAGGER_VERSION" > "${folder}/version"`,
    )
    writeFileSync(
      join(folder, "dagger"),
      `#!${process.execPath}
        const call = { arguments: process.argv.slice(2), environment: process.env }
        require("node:fs").appendFileSync("${folder}/calls", JSON.stringify(call) + "\\n")
        process.exitCode = process.argv[2] === "check" ? ${checkStatus} : 0
      `,
      { mode: 0o755 },
    )
  }

  /** Has `dagger` on its path from the start, as after an action that installs it. */
  preinstall(): this {
    writeFileSync(join(this.folder, "bin/dagger"), readFileSync(join(this.folder, "dagger")), {
      mode: 0o755,
    })
    return this
  }

  async run(
    [shell = "sh", ...flags]: string[],
    script: string,
    variables: Record<string, string> = {},
  ): Promise<Outcome> {
    const path = [join(this.folder, "bin"), dirname(process.execPath), "/usr/bin", "/bin"]
    const child = spawn(shell, [...flags, "-c", script], {
      cwd: this.folder,
      env: { ...variables, HOME: join(this.folder, "home"), PATH: path.join(":") },
      stdio: ["ignore", "pipe", "pipe"],
    })
    let output = ""
    child.stdout.on("data", (text: Buffer) => (output += text.toString()))
    child.stderr.on("data", (text: Buffer) => (output += text.toString()))
    const [code] = (await once(child, "close")) as [number | null]
    return {
      code,
      output,
      calls: this.lines("calls").map(asCall),
      installed: this.lines("version")[0],
    }
  }

  private program(name: string, script: string): void {
    writeFileSync(join(this.folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  }

  private lines(name: string): string[] {
    const file = join(this.folder, name)
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []
  }
}

function asCall(line: string): Call {
  return JSON.parse(line) as Call
}
