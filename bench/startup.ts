import { spawn } from "node:child_process"
import { mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { environment } from "../cli/system/command.js"
import { spread, type Startup } from "./samples.js"
import { write } from "./sources.js"

/** Files of the generated project; in folders of 20. */
const fileCount = 10_000

/** How long go-image itself takes, before an engine does anything. */
export async function measureStartup(
  root: string,
  folder: string,
  runs: number,
): Promise<Startup[]> {
  const script = ["bash", join(root, "script/build")]
  const small = join(root, "examples/hello-web")
  const output = join(folder, "startup.oci.tar")
  const large = join(folder, "files")
  makeFiles(large)
  try {
    // The engine's steps are the first lines with a blank in front.
    const firstStep = await repeat(runs, [...script, small, "--output", output], /^ {2}\S/m)
    const plan = await repeat(runs, [...script, large, "--plan"])
    return [
      {
        what: "start of the command line until the engine's first step",
        seconds: firstStep.seconds,
      },
      { what: `detection and plan of ${fileCount} files, with the command line's start`, ...plan },
    ]
  } finally {
    rmSync(output, { force: true })
    rmSync(large, { recursive: true, force: true })
  }
}

async function repeat(runs: number, command: string[], until?: RegExp) {
  await once(command, until)
  const samples: Once[] = []
  for (let run = 0; run < runs; run++) samples.push(await once(command, until))
  return {
    seconds: spread(samples.map(({ seconds }) => seconds)),
    peakBytes: Math.max(...samples.map(({ peakBytes }) => peakBytes)),
  }
}

interface Once {
  seconds: number
  peakBytes: number
}

/** Until the output has this, or until the end. */
function once([program = "", ...args]: string[], until?: RegExp): Promise<Once> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    let seconds: number | undefined
    let peakBytes = 0
    let output = ""
    const child = spawn(program, args, { env: environment(), stdio: ["ignore", "ignore", "pipe"] })
    const timer = setInterval(() => (peakBytes = Math.max(peakBytes, highWaterMark(child.pid))), 5)
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text
      if (until?.test(output)) seconds ??= (performance.now() - start) / 1000
    })
    child.on("error", reject)
    child.on("close", (code) => {
      clearInterval(timer)
      if (code !== 0) reject(new Error(`${program} ${args.join(" ")}:\n${output}`))
      else resolve({ seconds: seconds ?? (performance.now() - start) / 1000, peakBytes })
    })
  })
}

/** The most that a process had in memory so far; the script's shell becomes the program. */
function highWaterMark(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8")
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

function makeFiles(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  write(join(folder, "go.mod"), "module example.com/files\n\ngo 1.25\n")
  write(join(folder, "main.go"), "package main\n\nfunc main() {}\n")
  for (let index = 2; index < fileCount; index++) {
    const name = `p${Math.floor(index / 20)}`
    write(
      join(folder, "internal", name, `file${index}.go`),
      `// Package ${name} is one of many.\npackage ${name}\n\nconst Value${index} = ${index}\n`,
    )
  }
}
