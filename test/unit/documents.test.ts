import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Command } from "commander"
import { describe, expect, test } from "vitest"
import { commands } from "../../cli/commands/completion/completion.js"
import { toKebabCase } from "../../src/settings/table/table.js"
import { readApi, type ApiFunction } from "../dagger/api.js"
import { documents, readDocument, shellBlocks, words } from "../readme/commands.js"
import { commandLine } from "../../cli/command-line/build-command.js"

/** What people copy from documents has to exist: options, functions with their arguments, and the pages that are linked. */

const typed = documents().flatMap((file) =>
  shellBlocks(readDocument(file)).flatMap((block) =>
    block.commands.map((command): [string, string] => [file, command]),
  ),
)
const api = await readApi()
const { _constructor, methods } = api.objects["GoImage"]!

describe("commands of go-image", () => {
  const own = typed.flatMap(([file, command]) => {
    const [, text] =
      /(?:^|\$\()(?:bash script\/build|go-image) ([^)|>&]+)/.exec(command.replace(/ \d>.*/, "")) ??
      []
    return text === undefined ? [] : [[file, text.trim()] as const]
  })

  test.each(own)("%s: %s", (_, text) => {
    const [name = "", ...rest] = words(text)
    const args = Object.hasOwn(commands, name) ? rest : [name, ...rest]
    const command = Object.hasOwn(commands, name)
      ? commands[name as keyof typeof commands]()
      : commandLine()
    expect(problem(command, args)).toBeUndefined()
  })

  test("an option that does not exist is found", () => {
    expect(problem(commandLine(), [".", "--no-such-option"])).toContain("unknown option")
  })

  function problem(command: Command, args: readonly string[]): string | undefined {
    let said: string | undefined
    command.configureOutput({ writeErr: () => undefined, outputError: (text) => (said ??= text) })
    command.exitOverride((error) => {
      throw error
    })
    try {
      command.parse(args, { from: "user" })
    } catch (error) {
      return said ?? String(error)
    }
    return said
  }
})

describe("commands of dagger", () => {
  const functions = new Map(Object.values(methods).map((each) => [toKebabCase(each.name), each]))
  const calls = typed.filter(([, command]) => /\bdagger (?:-m \S+ )?call\b/.test(command))

  test.each(calls)("%s: %s", (_, command) => {
    const [, text = ""] = /\bdagger (?:-m \S+ )?call (.*)/.exec(command) ?? []
    expect(unknownWords(text)).toEqual([])
  })

  test("a function or an argument that does not exist is found", () => {
    expect(unknownWords("debian --sauce=.")).toEqual(["--sauce"])
    expect(unknownWords("--runtyme=scratch image")).toEqual(["--runtyme", "image"])
  })

  /** Of the module and its first function; what follows is Dagger's. */
  function unknownWords(text: string): string[] {
    const [all = ""] = text.split(/ [|>&]/)
    const unknown: string[] = []
    let called: ApiFunction | undefined
    for (const word of words(all).filter((each) => each !== "go-image")) {
      const [option = ""] = word.split("=")
      if (option.startsWith("--")) {
        const names = Object.keys((called ?? _constructor)?.arguments ?? {}).map(toKebabCase)
        if (option !== "--help" && !names.includes(option.slice(2))) unknown.push(option)
      } else if (called === undefined || toKebabCase(called.name).startsWith("with-")) {
        called = functions.get(word)
        if (!called) return [...unknown, word]
      } else break
    }
    return unknown
  }
})

test.each(documents())("%s links to pages and sections that exist", (file) => {
  const text = readDocument(file)
  const links = [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
  const broken = links.filter(([, path = "", anchor]) => {
    const target = path === "" ? file : join(dirname(file), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchors(readDocument(target)).includes(anchor)
  })
  expect(broken.map(([link]) => link)).toEqual([])
})

/** As GitHub names headings. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  )
}
