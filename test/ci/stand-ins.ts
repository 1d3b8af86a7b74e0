import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"

/** One start of a stand-in. */
export interface Call {
  program: string
  arguments: string[]
  environment: Record<string, string>
  /** What it read, where that is a password. */
  input?: string
}

export interface Outcome {
  code: number | null
  output: string
  calls: Call[]
  /** Version that dagger's installer was asked for. */
  installed?: string
}

/** Programs of a runner that a pipeline may start, each of which records its calls; `dagger` is what its installer installs. */
const recorded = ["docker", "npx", "go", "dockerize"]

/** Where a pull request left the branch that it is for; since then, the targets web and links have changed. */
export const startOfPullRequest = "0ba5e1"

/** A machine on which nothing is real but the shell. */
export class Runner {
  constructor(
    private readonly folder: string,
    /** Exit status of what checks. */
    checkStatus = 0,
  ) {
    mkdirSync(join(folder, "bin"))
    mkdirSync(join(folder, "home"))
    mkdirSync(join(folder, "services/shop"), { recursive: true })
    // Nobody waits for a service that is not there.
    this.program("bin/sleep", "exit 0")
    this.program("bin/bash", `case $2 in "echo >/dev/tcp/"*) exit 0 ;; esac\nexec /bin/bash "$@"`)
    this.program("bin/apk", `[ "$*" = "add curl" ] || [ "$*" = "add git nodejs npm" ]`)
    this.program(
      "bin/git",
      `[ "$1 $2" = "merge-base HEAD" ] && [ -n "$3" ] && echo ${startOfPullRequest}`,
    )
    this.program(
      "bin/curl",
      `[ "$*" = "-fsSL https://dl.dagger.io/dagger/install.sh" ] && cat "${folder}/install.sh"`,
    )
    this.program(
      "install.sh",
      `mkdir -p "$BIN_DIR" && cp "${folder}/dagger" "$BIN_DIR/" && echo "$DAGGER_VERSION" > "${folder}/version"`,
    )
    for (const name of ["dagger", ...recorded]) {
      writeFileSync(
        join(folder, name === "dagger" ? name : `bin/${name}`),
        `#!${process.execPath}
        const [program, ...args] = [${JSON.stringify(name)}, ...process.argv.slice(2)]
        const input = args[0] === "login" ? require("node:fs").readFileSync(0, "utf8").trim() : undefined
        const call = { program, arguments: args, environment: process.env, input }
        require("node:fs").appendFileSync("${folder}/calls", JSON.stringify(call) + "\\n")
        const since = args.find((each) => each.startsWith("--affected-since="))
        if (since !== undefined) console.log(since.endsWith("=${startOfPullRequest}") ? "web\\nlinks" : "")
        if (args.join(" ") === "list -m -f {{.Dir}}/...") console.log("/web/...\\n/links/...")
        if (args.includes("--push")) console.log("registry.example.com/pushed@sha256:abc")
        const checks = args.some((each) => /^(?:check|test|vet|--check=.*)$/.test(each))
        process.exitCode = checks && program !== "docker" ? ${checkStatus} : 0
      `,
        { mode: 0o755 },
      )
    }
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
