import { execFileSync, spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest"

import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

const main = `package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	fmt.Println("started as", text())
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, text()) })
	http.HandleFunc("/exit", func(w http.ResponseWriter, r *http.Request) { os.Exit(3) })
	http.HandleFunc("/kept", func(w http.ResponseWriter, r *http.Request) {
		before, _ := os.ReadFile("/var/lib/web/rows")
		err := os.WriteFile("/var/lib/web/rows", append(before, text()+" "...), 0o600)
		fmt.Fprint(w, string(before), err)
	})
	http.HandleFunc("/environment", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, os.Getenv("GIVEN")) })
	http.HandleFunc("/backend", func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Get("http://" + os.Getenv("BACKEND_HOST") + ":" + os.Getenv("BACKEND_PORT"))
		if err != nil {
			fmt.Fprint(w, err)
			return
		}
		io.Copy(w, answer.Body)
	})
	http.ListenAndServe(":8080", nil)
}
`

const textFile = (text: string) => `package main\n\nfunc text() string { return "${text}" }\n`

/** A `dev` that runs. */
class Development {
  stdout = ""
  stderr = ""
  /** With its exit code, or null where a signal ended it. */
  readonly ended: Promise<number | null>
  private readonly child: ChildProcess
  private from = 0

  constructor(args: string[], temporary: string) {
    this.child = spawn("bash", ["script/build", "dev", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, TMPDIR: temporary, NO_COLOR: "1", FORCE_COLOR: "" },
    })
    this.ended = once(this.child, "exit").then(([code]) => code as number | null)
    this.child.stdout?.on("data", (chunk: Buffer) => (this.stdout += chunk.toString()))
    this.child.stderr?.on("data", (chunk: Buffer) => (this.stderr += chunk.toString()))
  }

  /** Waits for a line after those that were waited for before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    let found: RegExpExecArray | null = null
    const look = () => (found = pattern.exec(this.stderr.slice(this.from)))
    try {
      await expect.poll(look, { interval: 10, timeout: 240_000 }).not.toBeNull()
    } catch (error) {
      throw new Error(`${String(pattern)} is not in\n${this.stderr}`, { cause: error })
    }
    const match = found as unknown as RegExpExecArray
    this.from += match.index + match[0].length
    return match
  }

  async stop(): Promise<number | null> {
    this.child.kill("SIGINT")
    return this.ended
  }
}

let folder: string
let project: string
let temporary: string
let development: Development | undefined

beforeAll(prepareRuntime)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-dev-"))
  project = join(folder, "web")
  temporary = join(folder, "tmp")
  for (const path of [project, temporary]) mkdirSync(path)
  write("go.mod", "module example.com/web\n\ngo 1.25\n")
  write("main.go", main)
  write("text.go", textFile("one"))
})

afterEach(async () => {
  await development?.stop()
  development = undefined
  rmSync(folder, { recursive: true })
})

function write(path: string, text: string): void {
  writeFileSync(join(project, path), text)
}

function start(...args: string[]): Development {
  return (development = new Development([project, ...args], temporary))
}

const answers = /(http:\/\/127\.0\.0\.1:\d+\/) answers: 200 OK(.*)\n/

async function ask(url: string): Promise<string> {
  return (await fetch(url)).text()
}

describe("dev", () => {
  it("says what a program that ends at once needs, and asks what the health check asks", async () => {
    write(
      "text.go",
      `package main\n\nimport "os"\n\nfunc init() {\n\tif os.Getenv("API_KEY") == "" {\n\t\tprintln("API_KEY is not set")\n\t\tos.Exit(1)\n\t}\n}\n\nfunc text() string { return "one" }\n`,
    )
    const dev = start("--health-check", "/environment")
    await dev.says(
      /exit code 1; waiting for the next change\nIt seems to need API_KEY\. [^\n]*\n {2}bash script\/build dev \S+ --health-check \/environment --env API_KEY=…\n/,
    )
    await dev.stop()
    const given = start("--health-check", "/environment", "--env", "API_KEY=x")
    await given.says(/http:\/\/127\.0\.0\.1:\d+\/environment answers: 200 OK/)
  })

  it("runs what was saved last, and what compiled last; Ctrl-C leaves nothing", async () => {
    const taken = createServer()
    // Another program's; if it is taken already, that will do.
    await new Promise<void>((resolve) => {
      taken
        .once("error", () => {
          resolve()
        })
        .listen(8080, "127.0.0.1", resolve)
    })
    const dev = start("--env", "GIVEN=by hand")
    const [, url = "", rest] = await dev.says(answers)
    taken.close()
    expect(rest).toContain(", as port 8080 is in use here (build ")
    expect(await ask(url)).toBe("one")
    expect(await ask(`${url}environment`)).toBe("by hand")

    // As editors save: another file takes its place.
    write("text.go~", textFile("two"))
    renameSync(join(project, "text.go~"), join(project, "text.go"))
    const [, , after] = await dev.says(answers)
    expect(after).toMatch(
      /, \d+\.\d\d s after the save \(build \d+\.\d\d s, start \d+\.\d\d s, answer /,
    )
    expect(await ask(url)).toBe("two")

    write("text.go", `${textFile("three")}broken(\n`)
    await dev.says(
      /text\.go:4:\d*:? ?.*syntax error[^\n]*\n[^]*the program before it runs on; waiting for the next change\n/,
    )
    expect(await ask(url)).toBe("two")

    write("text.go", textFile("two"))
    await dev.says(
      /text\.go: building\nthe image is the same \(\d+\.\d\d s\): the program runs on\n/,
    )

    // As sed writes it: of its own file, which is gone by then, nothing is said.
    execFileSync("sed", ["-i", 's/"two"/"2"/', join(project, "text.go")])
    await dev.says(/(?:^|\n)text\.go: building\n/)
    await dev.says(answers)
    expect(await ask(url)).toBe("2")

    // A package in a folder that was not there, and a go.mod that says more, make one build, or two.
    mkdirSync(join(project, "words/more"), { recursive: true })
    write("words/more/more.go", 'package more\n\nconst Word = "four"\n')
    write(
      "text.go",
      'package main\n\nimport "example.com/web/words/more"\n\nfunc text() string { return more.Word }\n',
    )
    await dev.says(answers)
    expect(await ask(url)).toBe("four")
    write("words/more/more.go", 'package more\n\nconst Word = "five"\n')
    await dev.says(answers)
    expect(await ask(url)).toBe("five")

    // A file that no plan knew, and an edit of it.
    write("more.go", 'package main\n\nfunc init() { println("more") }\n')
    await dev.says(/more\.go: building\n/)
    await dev.says(answers)
    write("more.go", 'package main\n\nfunc init() { println("still more") }\n')
    await dev.says(answers)

    // What is planned anew says so.
    write("project.toml", '[go-image]\nenvironment = ["GIVEN=by the project", "OTHER=x"]\n')
    await dev.says(answers)
    expect(await ask(url)).toBe("five")

    expect(await ask(`${url}exit`).catch(() => "ended")).toBe("ended")
    await dev.says(/the program ended with exit code 3; waiting for the next change\n/)
    // In Docker, nothing has its port any more.
    expect(await ask(url).catch(() => "refused")).toMatch(
      /^(?:The program ended with exit code 3\.\n|refused$)/,
    )
    write("text.go", textFile("six"))
    await dev.says(answers)
    expect(await ask(url)).toBe("six")

    const started = dev.stdout.match(/^web \| started as .*$/gm) ?? []
    expect(started).toEqual(
      ["one", "two", "2", "four", "five", "five", "five", "five", "six"].map(
        (text) => `web | started as ${text}`,
      ),
    )
    expect(dev.stdout.replace(/^web \| .*\n/gm, "")).toBe("")

    expect(await dev.stop(), dev.stderr).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
    expect(processesOf(temporary)).toEqual([])
  })

  it("has services beside the program, which it finds by what it is told, and volumes that stay", async () => {
    const archive = join(folder, "backend.oci.tar")
    write("text.go", textFile("from the backend"))
    const built = await script([project, "--output", archive])
    expect(built.code, built.stderr).toBe(0)
    write("text.go", textFile("one"))
    const dev = start("--service", archive, "--volumes", "/var/lib/web")
    await dev.says(/volume \/var\/lib\/web: what is in it is removed when dev ends, not before\n/)
    await dev.says(
      /service backend: ready on 127\.0\.0\.1:(\d+); its data is removed when dev ends\. Variables of the program:\n {4}BACKEND_HOST=backend BACKEND_PORT=\1\n/,
    )
    const [, url = ""] = await dev.says(answers)
    expect(await ask(`${url}backend`)).toBe("from the backend")
    expect(dev.stdout).toContain("backend | started as from the backend\n")
    expect(dev.stdout).toContain("web     | started as one\n")
    expect(await ask(`${url}kept`)).toBe("<nil>")

    write("text.go", textFile("two"))
    await dev.says(answers)
    expect(await ask(`${url}backend`)).toBe("from the backend")
    expect(await ask(`${url}kept`)).toBe("one <nil>")
    expect(dev.stdout.match(/^backend \| started/gm)).toHaveLength(1)
    expect(await dev.stop(), dev.stderr).toBe(0)
    expect(readdirSync(temporary)).toEqual([])
  })

  it("waits for a project that cannot be built yet, and says where no service is to be had", async () => {
    write("go.mod", "module example.com/web\n\ngo what\n")
    const dev = start("--service", "127.0.0.1:1/postgres:17")
    await dev.says(/go\.mod:3[^]*waiting for the next change\n/)
    write("go.mod", "module example.com/web\n\ngo 1.25\n")
    await dev.says(/the image of the service postgres is not available: [^\n]*\n/)
    expect(await dev.ended, dev.stderr).toBe(4)
    // Nobody waits for a build first.
    expect(dev.stderr).not.toMatch(/go build|built web/)
  })
})

/** Processes that have this folder in their command line or environment. */
function processesOf(text: string): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false
    return [`/proc/${pid}/cmdline`, `/proc/${pid}/environ`].some((file) =>
      read(file).includes(text),
    )
  })
}

function read(file: string): string {
  try {
    return readFileSync(file, "latin1")
  } catch {
    return ""
  }
}
