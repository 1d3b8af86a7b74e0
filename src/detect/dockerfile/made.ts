import { posix } from "node:path"
import { wordsOf, type Instruction, type Stage } from "./instructions.js"
import { commandsOf } from "./shell-commands.js"
import type { Found } from "../../found.js"

/** What the RUN lines of an image leave in it, besides packages. */
export interface Made {
  files: Found<string>[]
  folders: Found<string>[]
  /** As setcap takes them. */
  capabilities: Found<string>[]
}

/** Only whole paths, which are the same wherever the program stands. */
const path = /^\/[\w./@+-]*$/

/** Of the system, its packages and its users; what a shell starts with; programs by another name. */
const ofTheSystem =
  /^\/(?:$|(?:bin|boot|dev|lib\w*|proc|run|sbin|sys|tmp|root)(?:\/|$)|usr\/(?!share\/|local\/(?:etc|share)\/)|usr\/share\/(?:zoneinfo|ca-certificates|keyrings|doc|man)\b|usr\/(?:local\/)?share\/?$|etc\/?$|etc\/(?:apt|apk|ssl|pki|ca-certificates|ld\.so|skel|cron|passwd|group|shadow|nsswitch|hosts|resolv|localtime|timezone|profile|bash)|var\/?$|var\/(?:cache|log|run|spool|tmp)(?:\/|$)|var\/lib\/?$|var\/lib\/(?:apt|dpkg)(?:\/|$)|app\/?$|(?:home|opt|srv)\/?$)/

export function findMade(instructions: readonly Instruction[], file: string): Made {
  const made: Made = { files: [], folders: [], capabilities: [] }
  for (const { name, text, line } of instructions) {
    if (name !== "RUN") continue
    const add = (to: Found<string>[], values: readonly (string | undefined)[]) => {
      for (const value of values) {
        if (value === undefined || to.some((each) => each.value === value)) continue
        to.push({ value, file, line })
      }
    }
    for (const command of commandsOf(text)) {
      const words = command.filter(
        (word) => !/^(?:if|then|else|elif|do|sudo|exec|!|\{)$/.test(word),
      )
      add(made.files, ownPaths([...redirectedTo(words), ...filesOf(words)]))
      add(made.folders, ownPaths(foldersOf(words)))
      add(made.capabilities, capabilitiesOf(words))
      for (const gone of removedBy(words)) {
        const stays = ({ value }: Found<string>) => value !== gone && !value.startsWith(`${gone}/`)
        made.files = made.files.filter(stays)
        made.folders = made.folders.filter(stays)
      }
    }
  }
  return made
}

function ownPaths(paths: readonly string[]): string[] {
  return paths
    .filter((each) => path.test(each) && !ofTheSystem.test(each))
    .map((each) => each.replace(/(?<=.)\/+$/, ""))
}

/** `> /etc/app.conf`, `>>/etc/app.conf`. */
function redirectedTo(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    const [, joined] = /^>>?(.*)$/.exec(word) ?? []
    return joined === undefined ? [] : [joined === "" ? (words[index + 1] ?? "") : joined]
  })
}

function filesOf([command = "", ...rest]: readonly string[]): string[] {
  const end = rest.findIndex((word) => /^\d*[<>]/.test(word))
  const args = end < 0 ? rest : rest.slice(0, end)
  const plain = args.filter((word) => !word.startsWith("-"))
  const has = (flag: RegExp) => args.some((word) => flag.test(word))
  const behind = (flag: RegExp) =>
    args.flatMap((word, index) => (flag.test(word) ? [args[index + 1] ?? ""] : []))
  switch (command.replace(/^.*\//, "")) {
    case "touch":
    case "tee":
      return plain
    case "sed":
      return has(/^(?:-\w*i|--in-place)/) ? plain.slice(1) : []
    case "ln":
      return /^\/dev\//.test(plain[0] ?? "") ? [] : [intoFolder(plain)]
    case "cp":
    case "mv":
      return [intoFolder(plain)]
    case "install":
      return has(/^(?:-\w*d\w*|--directory)$/) ? [] : [intoFolder(plain)]
    case "curl":
      return behind(/^(?:-\w*o|--output)$/)
    case "wget":
      return behind(/^(?:-\w*O|--output-document)$/)
    default:
      return []
  }
}

/** The last word; with the file's name where that is a folder. */
function intoFolder(words: readonly string[]): string {
  const to = words.length > 1 ? (words.at(-1) ?? "") : ""
  return to.endsWith("/") ? to + (/[^/]+$/.exec(words.at(-2) ?? "")?.[0] ?? "") : to
}

function foldersOf([command = "", ...args]: readonly string[]): string[] {
  const name = command.replace(/^.*\//, "")
  const isInstall =
    name === "install" && args.some((word) => /^(?:-\w*d\w*|--directory)$/.test(word))
  return name === "mkdir" || isInstall ? args.filter((word) => !word.startsWith("-")) : []
}

/** `cap_net_bind_service` of `setcap 'cap_net_bind_service=+ep' /usr/bin/app`. */
function capabilitiesOf([command = "", ...args]: readonly string[]): string[] {
  if (!/(?:^|\/)setcap$/.test(command)) return []
  const text = args.find((word) => /^cap_/i.test(word)) ?? ""
  return (text.split(/[=+]/)[0] ?? "").split(",").filter((each) => /^cap_\w+$/i.test(each))
}

/** What setcap gives, in another stage, to a file that the image gets from there: COPY takes it along. */
export function findCarried(
  stages: readonly Stage[],
  own: readonly Instruction[],
  file: string,
): Found<string>[] {
  const copied = own
    .filter(({ name, text }) => name === "COPY" && /(?:^|\s)--from=/.test(text))
    .flatMap(({ text }) =>
      (wordsOf(text) ?? []).filter((word) => !word.startsWith("--")).slice(0, -1),
    )
  const isCopied = (path: string) =>
    copied.some(
      (each) =>
        posix.basename(each) === posix.basename(path) || path.startsWith(each.replace(/\/*$/, "/")),
    )
  const runs = stages.flatMap(({ instructions }) =>
    instructions.filter((each) => each.name === "RUN" && !own.includes(each)),
  )
  return runs.flatMap(({ text, line }) =>
    commandsOf(text)
      .filter((words) => isCopied(words.at(-1) ?? ""))
      .flatMap(capabilitiesOf)
      .map((value) => ({ value, file, line })),
  )
}

function removedBy([command = "", ...args]: readonly string[]): string[] {
  return command === "rm" ? args.filter((word) => word.startsWith("/")) : []
}
