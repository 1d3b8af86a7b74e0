import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { completedCommands, completion } from "../../../../../cli/commands/completion/completion.js"
import { settingNames, toKebabCase } from "../../../../../src/settings/table/table.js"
import { temporaryFolder } from "../../temporary.js"

const has = (shell: string) => {
  try {
    execFileSync("sh", ["-c", `command -v ${shell}`])
    return true
  } catch {
    return false
  }
}

/** A folder to complete names of, with the script in it. */
function prepare(shell: "bash" | "zsh" | "fish"): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, "completion"), completion(shell))
  mkdirSync(join(folder, "place/services"), { recursive: true })
  writeFileSync(join(folder, "place/app.tar"), "")
  return folder
}

/** What is offered for the last word. */
const complete = {
  bash: (...words: string[]) => {
    const folder = prepare("bash")
    const script = `source ../completion
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _go_image; printf '%s\\n' "\${COMPREPLY[@]}"`
    return lines("bash", ["--norc", "-c", script, "bash", "go-image", ...words], folder)
  },
  fish: (...words: string[]) => {
    const folder = prepare("fish")
    const script = `source ../completion; complete -C "go-image ${words.join(" ")}"`
    return lines("fish", ["--no-config", "-c", script], folder).map((line) => line.split("\t")[0])
  },
  // Its own functions only work in a terminal: these stand in, and print what they are given.
  zsh: (...words: string[]) => {
    const folder = prepare("zsh")
    const script = `compdef() { :; }
_describe() { print -rl -- \${(P)2} }
_files() { print -rl -- *(/) }
_arguments() { print -rl -- $options }
source ../completion; words=("$@"); CURRENT=$#; _go_image`
    const offered = lines("zsh", ["-f", "-c", script, "zsh", "go-image", ...words], folder)
    return zshOffers(offered, words.at(-2) ?? "", words.at(-1) ?? "")
  },
}

/** What zsh makes of the specifications: NAME:HELP of a command, *NAME=[HELP]:value:(WORD...) of an option. */
function zshOffers(specs: string[], previous: string, word: string): string[] {
  const values = specs.flatMap((spec) => {
    const [, name, words] = /^\*(-[^=[]+)=?\[.*\]:value:\((.*)\)$/.exec(spec) ?? []
    return name === previous ? (words ?? "").split(" ") : []
  })
  const names = specs.map((spec) => spec.replace(/^\*/, "").split(/[=[:]/)[0] ?? "")
  return (values.length > 0 ? values : names).filter((name) => name.startsWith(word))
}

function lines(program: string, args: string[], folder: string): string[] {
  const options = { encoding: "utf8", cwd: join(folder, "place") } as const
  return execFileSync(program, args, options).split("\n").filter(Boolean)
}

it("every setting is an option of the build, and of the commands that plan", () => {
  const names = settingNames.map((name) => `--${toKebabCase(name)}`)
  for (const command of ["", "lock", "verify"]) {
    const { options = [] } = completedCommands().find(({ name }) => name === command) ?? {}
    expect(options.map(({ long }) => long)).toEqual(expect.arrayContaining(names))
  }
})

describe.each(["bash", "fish", "zsh"] as const)("completion in %s", (shell) => {
  it.skipIf(!has(shell)).each([
    [["--runt"], ["--runtime"]],
    [[".", "--vex"], ["--vex"]],
    [["lock", "--lint"], ["--lint-image"]],
    [["veri"], ["verify"]],
    [["diff", "--js"], ["--json"]],
  ])("%j", (words, offered) => {
    const found = complete[shell](...words).map((name) => name?.replace(/=$/, ""))
    expect([...new Set(found)]).toEqual(offered)
  })

  it.skipIf(!has(shell))("values that are words", () => {
    const found = complete[shell](".", "--attest", shell === "fish" ? "''" : "")
    expect([...found].sort()).toEqual(["both", "index", "off", "referrers"])
    expect(complete[shell](".", "--runtime", "dist")).toEqual(["distroless"])
  })

  it.skipIf(!has(shell))("what is of another command is not offered", () => {
    expect(complete[shell]("lock", "--pus")).toEqual([])
    expect(complete[shell]("inspect", "--runt")).toEqual([])
  })

  it.skipIf(!has(shell))("a folder is a project to build", () => {
    const found = complete[shell]("serv").map((name) => name?.replace(/\/$/, ""))
    expect(found).toEqual(["services"])
  })
})
