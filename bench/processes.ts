import { readdirSync, readFileSync } from "node:fs"

/** Of /proc: its times are in these, on Linux for every architecture. */
const ticksPerSecond = 100
const pageBytes = 4096

interface Process {
  pid: number
  parent: number
  /** User and system time of the process, seconds. */
  own: number
  /** That of its children that have ended, and of theirs. */
  children: number
  residentBytes: number
}

/** CPU time of the children of this process that have ended, with all that they waited for. */
export function childrenSeconds(): number {
  return readProcess("self")?.children ?? 0
}

/** CPU time of a process with all that it started and waited for. */
export function totalSeconds(pid: number): number {
  const found = readProcess(String(pid))
  return found ? found.own + found.children : 0
}

/** What all processes below these have in memory; pages that they share count for each. */
export function residentBytes(roots: readonly number[]): number {
  const processes = all()
  const included = new Set(roots)
  // A child may come before its parent where process ids started again.
  for (let before = -1; before !== included.size;) {
    before = included.size
    for (const { pid, parent } of processes) if (included.has(parent)) included.add(pid)
  }
  return processes
    .filter(({ pid }) => included.has(pid))
    .reduce((sum, each) => sum + each.residentBytes, 0)
}

/** The process whose command line holds this, the program's name first. */
export function findProcess(program: string, argument: string): number | undefined {
  return all().find(({ pid }) => {
    const [name, ...args] = readText(`/proc/${pid}/cmdline`).split("\0")
    return name?.endsWith(`/${program}`) && args.includes(argument)
  })?.pid
}

function all(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(name) ?? [])
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function readProcess(name: string): Process | undefined {
  const text = readText(`/proc/${name}/stat`)
  // The program's name, in parentheses, may have any sign in it.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
  if (fields.length < 22) return undefined
  const number = (field: number) => Number(fields[field - 3])
  return {
    pid: Number.parseInt(text),
    parent: number(4),
    own: (number(14) + number(15)) / ticksPerSecond,
    children: (number(16) + number(17)) / ticksPerSecond,
    residentBytes: number(24) * pageBytes,
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    // It has ended meanwhile.
    return ""
  }
}
