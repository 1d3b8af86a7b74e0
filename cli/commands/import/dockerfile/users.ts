import {
  baseOf,
  finalInstructions,
  type Instruction,
  type Stage,
} from "../../../../src/detect/dockerfile/instructions.js"
import { commandsOf } from "../../../../src/detect/dockerfile/shell-commands.js"
import type { Row } from "./go-build.js"

/** Numbers that RUN gives to users, `10001:10001`, by their names. */
export type Users = ReadonlyMap<string, string>

/** Options with a value, of Alpine's adduser and addgroup, Debian's, and useradd and groupadd. */
const withValue =
  /^(?:-[ugGhdskcbpe]|--(?:uid|gid|ingroup|home|home-dir|shell|gecos|comment|groups|skel|base-dir|firstuid|lastuid))$/

export function usersOf(instructions: readonly Instruction[]): Users {
  const groups = new Map<string, string>()
  const users = new Map<string, string>()
  for (const command of instructions.filter(({ name }) => name === "RUN").flatMap(commandsIn)) {
    const [program = "", ...words] = command
    const { name, options } = read(words)
    if (name === undefined) continue
    const number = (...flags: string[]) =>
      flags.map((flag) => options.get(flag)).find((each) => each !== undefined)
    if (/^(?:addgroup|groupadd)$/.test(program)) {
      const gid = number("-g", "--gid")
      if (isNumber(gid)) groups.set(name, gid)
      continue
    }
    const uid = number("-u", "--uid")
    if (!isNumber(uid)) continue
    const ofAdduser = program === "adduser" ? ["-G", "--ingroup", "--gid"] : ["-g", "--gid"]
    const group = number(...ofAdduser) ?? name
    const gid = isNumber(group) ? group : groups.get(group)
    // A group that nobody gives a number has the user's, where that is free.
    users.set(name, `${uid}:${gid ?? uid}`)
  }
  return users
}

function commandsIn({ text }: Instruction): string[][] {
  return commandsOf(text).flatMap((words) => {
    const start = words.findIndex((word) => /^(?:adduser|useradd|addgroup|groupadd)$/.test(word))
    return start < 0 ? [] : [words.slice(start)]
  })
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^[1-9]\d*$/.test(text)
}

function read(words: readonly string[]): { name?: string; options: Map<string, string> } {
  const options = new Map<string, string>()
  const names: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ""
    const [, long, joined] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
    // `-Su 10001`: what stands last has the value.
    const [, last] = /^-\w+(\w)$/.exec(word) ?? []
    const flag = last === undefined ? word : `-${last}`
    if (long !== undefined) options.set(long, joined ?? "")
    else if (withValue.test(flag)) options.set(flag, words[++index] ?? "")
    else if (!word.startsWith("-")) names.push(word)
  }
  const [name] = names
  return { options, ...(name !== undefined && { name }) }
}

export function rowOfUser(text: string, users: Users): Row {
  if (/^[1-9]\d*(?::\d+)?$/.test(text))
    return { option: "USER", value: text, writes: { user: text } }
  if (/^(?:root|0)(?::|$)/.test(text)) return { option: "USER root", value: text }
  const [name = "", group] = text.split(":")
  const ids = users.get(name)
  if (ids === undefined) return { option: "USER by name", value: text }
  const user = isNumber(group) ? `${ids.split(":")[0]}:${group}` : ids
  const meaning = "the user, by the number that RUN gives it"
  return { option: "USER", value: text, meaning, writes: { user } }
}

/** Then it runs as root, where it is not based on an image that has a user itself. */
export function hasNoUser(stages: readonly Stage[]): boolean {
  const isOfRoot = /(?:^|\/)(?:scratch|alpine|debian|ubuntu|busybox|golang)(?:[:@]|$)/
  const own = finalInstructions(stages)
  const base = baseOf(stages)
  return (
    isOfRoot.test(base) && !base.includes("nonroot") && !own.some(({ name }) => name === "USER")
  )
}
