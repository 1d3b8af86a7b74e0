/**
 * A Dockerfile as BuildKit reads it: its lines, flags, words and mounts, each by the rule that holds for it, with variables
 * expanded in an empty environment. Written from BuildKit's behaviour (reference/dockerfiles.json is what BuildKit itself
 * says), without a look at our renderer, so that the two can be compared. It knows the instructions that we write.
 */
export type Instruction = Record<string, unknown>

export function readDockerfile(text: string): Instruction[] {
  const lines = text.split("\n")
  const instructions: Instruction[] = []
  let next = 0
  while (next < lines.length) {
    let line = (lines[next++] ?? "").replace(/^\s+/u, "")
    if (line === "" || line.startsWith("#")) continue
    while (isContinued(line)) {
      line = line.replace(/\\[ \t]*$/, "")
      let more = lines[next++]
      while (more !== undefined && /^\s*(?:#|$)/u.test(more)) more = lines[next++]
      line += more ?? ""
    }
    const [, command = "", rest = ""] = /^([^\t\v\f\r ]+)[\t\v\f\r ]*(.*)$/s.exec(line.trim()) ?? []
    const { flags, args } = readFlags(rest)
    const marker = /^COPY$/i.test(command) ? /^<<"(\w+)" /.exec(args) : null
    let content: string | undefined
    if (marker) {
      const end = lines.indexOf(marker[1] ?? "", next)
      if (end < 0) throw new Error("unterminated heredoc")
      content = lines
        .slice(next, end)
        .map((each) => `${each}\n`)
        .join("")
      next = end + 1
    }
    instructions.push(readInstruction(command.toUpperCase(), flags, args, content))
  }
  return instructions
}

/** A backslash at the end, unless there are two. */
function isContinued(line: string): boolean {
  return /(?:[^\\]|^)\\[ \t]*$/.test(line)
}

type Flags = [name: string, value: string][]

/** Flags come first, and end at a blank; a backslash takes what follows as it is. Byte by byte: ü becomes two characters. */
function readFlags(rest: string): { flags: Flags; args: string } {
  const bytes = Buffer.from(rest).toString("latin1")
  const flags: Flags = []
  let position = 0
  for (;;) {
    while (/\s/.test(bytes[position] ?? "")) position++
    if (!bytes.startsWith("--", position)) break
    let word = ""
    let quote: string | undefined
    for (; position < bytes.length; position++) {
      const char = bytes[position] ?? ""
      if (char === "\\") word += bytes[++position] ?? ""
      else if (char === quote) quote = undefined
      else if (quote) word += char
      else if (char === '"' || char === "'") quote = char
      else if (/\s/.test(char)) break
      else word += char
    }
    const equals = word.indexOf("=")
    flags.push([word.slice("--".length, equals), word.slice(equals + 1)])
  }
  const args = Buffer.from(bytes.slice(position), "latin1").toString()
  return { flags, args: args.trim() }
}

function readInstruction(
  command: string,
  flags: Flags,
  args: string,
  content?: string,
): Instruction {
  const all = (name: string) => flags.filter(([each]) => each === name).map(([, value]) => value)
  const json = () => JSON.parse(args) as string[]
  switch (command) {
    case "FROM": {
      const [image = "", , name = ""] = args.split(/[\t\v\f\r ]+/)
      const [platform] = all("platform")
      return { FROM: image, as: name, ...(platform === undefined ? {} : { platform }) }
    }
    case "ENV":
    case "LABEL":
      return { [command]: readWords(args).map(readPair) }
    case "WORKDIR":
    case "USER":
      return { [command]: expand(args) }
    case "EXPOSE":
      return { EXPOSE: args.split(/[\t\v\f\r ]+/) }
    case "ENTRYPOINT":
    case "CMD":
      return { [command]: json(), shell: false }
    case "RUN":
      return { RUN: json(), shell: false, mounts: all("mount").map(readMount) }
    case "COPY":
      return readCopy(all, args, content)
    default:
      throw new Error(`unknown instruction ${command}`)
  }
}

function readCopy(all: (name: string) => string[], args: string, content?: string): Instruction {
  const words = args.startsWith("[") ? (JSON.parse(args) as string[]) : args.split(/[\t\v\f\r ]+/)
  const paths = words.map((word) => expand(word))
  const exclude = all("exclude")
  return {
    COPY: content === undefined ? paths.slice(0, -1) : null,
    to: paths.at(-1),
    ...Object.fromEntries(
      ["from", "chown", "chmod"].flatMap((name) => all(name).map((value) => [name, value])),
    ),
    ...(exclude.length > 0 ? { exclude } : {}),
    ...(content === undefined ? {} : { content }),
  }
}

/** The words of ENV and LABEL: quotes and backslashes stay, for the expansion. Any of Unicode's blanks ends one. */
function readWords(text: string): string[] {
  const words: string[] = []
  let word: string | undefined
  let quote: string | undefined
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? ""
    if (!quote && /[\s\u0085]/u.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    word = (word ?? "") + char
    if (char === "\\" && quote !== "'") word += text[++i] ?? ""
    else if (char === quote) quote = undefined
    else if (!quote && (char === '"' || char === "'")) quote = char
  }
  return word === undefined ? words : [...words, word]
}

function readPair(word: string): [string, string] {
  const equals = word.indexOf("=")
  if (equals < 0) throw new Error(`can't find = in ${word}`)
  return [expand(word.slice(0, equals)), expand(word.slice(equals + 1))]
}

/** A flag's value is a line of CSV, and each field's value a word. */
function readMount(value: string): Instruction {
  const mount: Instruction = {}
  for (const [, quoted, plain = ""] of value.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)) {
    const field = quoted?.replaceAll('""', '"') ?? plain
    const equals = field.indexOf("=")
    mount[field.slice(0, equals)] = expand(field.slice(equals + 1))
  }
  return mount
}

/** Quotes are taken off, and variables, of which there are none, expanded. */
function expand(word: string): string {
  let result = ""
  let quote: string | undefined
  for (let i = 0; i < word.length; i++) {
    const char = word[i] ?? ""
    const following = word[i + 1]
    if (quote === "'") {
      if (char === "'") quote = undefined
      else result += char
    } else if (char === quote) {
      quote = undefined
    } else if (!quote && (char === '"' || char === "'")) {
      quote = char
    } else if (char === "\\") {
      // In double quotes, before anything else it stands for itself.
      if (quote && following !== undefined && !/["$\\]/.test(following)) result += char
      else if (following !== undefined) result += word[++i] ?? ""
    } else if (char === "$") {
      const [name] =
        /^(?:[\p{L}_][\p{L}\p{Nd}_]*|\d+|[@*#?$!-]|\{\w+\})/u.exec(word.slice(i + 1)) ?? []
      if (name === undefined && following === "{")
        throw new Error(`unknown substitution in ${word}`)
      if (name === undefined) result += char
      else i += name.length
    } else {
      result += char
    }
  }
  if (quote) throw new Error(`${word}: a quote that is not closed`)
  return result
}
