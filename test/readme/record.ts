import { spawn } from "node:child_process"
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { drawTerminal, type Chunk } from "./draw-terminal.js"

/** Of the terminal, in characters: a phone shows the picture at half its size. */
const size = { columns: 76, rows: 40 }

const typed = "go-image . --run"

const [root = "."] = process.argv.slice(2)

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "go-image-record-"))
  try {
    const project = join(folder, "hello-web")
    cpSync(join(root, "examples/hello-web"), project, { recursive: true })
    // As after an edit, so that there is something to be built.
    appendFileSync(join(project, "main.go"), `\nvar recorded = "${Date.now()}"\n`)
    mkdirSync(join(folder, "bin"))
    const command = join(folder, "bin/go-image")
    writeFileSync(command, `#!/bin/sh\nexec bash '${root}/script/build' "$@"\n`)
    chmodSync(command, 0o755)
    const chunks = await run(project, {
      ...process.env,
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
    })
    writeFileSync(
      join(root, "docs/terminal.svg"),
      await drawTerminal(typing().concat(inFrames(atMost(longest, chunks))), size),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** In seconds: nobody looks at a build for longer. One of a busy machine is shown faster than it was. */
const longest = 14

function atMost(seconds: number, chunks: readonly Chunk[]): Chunk[] {
  const start = typing().at(-1)!.at
  const speed = Math.max(1, ((chunks.at(-1)?.at ?? 0) - start) / seconds)
  return chunks.map(({ at, text }) => ({ at: start + (at - start) / speed, text }))
}

/** Clocks tick ten times a second, which a picture need not. */
const frame = 0.3

function inFrames(chunks: readonly Chunk[]): Chunk[] {
  const frames: Chunk[] = []
  for (const { at, text } of chunks) {
    const last = frames.at(-1)
    if (last && at - last.at < frame) last.text += text
    else frames.push({ at, text })
  }
  return frames
}

/** What a person does before the command runs: one letter after the other. */
function typing(): Chunk[] {
  const letters = [...typed].map((text, index) => ({ at: 0.4 + index * 0.06, text }))
  return [
    { at: 0, text: "\x1b[32m$\x1b[0m " },
    ...letters,
    { at: letters.at(-1)!.at + 0.4, text: "\r\n" },
  ]
}

/** In a terminal, which `script` of util-linux makes; Ctrl-C is typed when the answer has been there for a while. */
function run(cwd: string, env: NodeJS.ProcessEnv): Promise<Chunk[]> {
  const { columns, rows } = size
  const inside = `stty cols ${columns} rows ${rows}; exec ${typed}`
  const child = spawn(
    "script",
    ["--quiet", "--return", "--echo", "never", "--command", inside, "/dev/null"],
    {
      cwd,
      env: { ...env, TERM: "xterm-256color", COLUMNS: String(columns), LINES: String(rows) },
      stdio: ["pipe", "pipe", "inherit"],
    },
  )
  const start = typing().at(-1)!.at
  const began = performance.now()
  const chunks: Chunk[] = []
  let shown = ""
  let stops = false
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    chunks.push({ at: start + (performance.now() - began) / 1000, text })
    shown += text
    if (stops || !shown.includes(" answers: ")) return
    stops = true
    setTimeout(() => child.stdin.write("\x03"), 2000)
  })
  return new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", () => {
      if (stops) resolve(chunks)
      else reject(new Error(`the program gave no answer:\n${shown}`))
    })
  })
}

void main()
