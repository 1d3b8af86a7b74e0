import { execFileSync } from "node:child_process"
import { describe, expect, it } from "vitest"
import { parseCommandLine } from "../../../../src/detect/project/command-line.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

const words = (text: string) => parseCommandLine(text).words
const needs = (text: string) => parseCommandLine(text).needs

describe("a command line that needs no shell is its words:", () => {
  it.each([
    ["server", ["server"]],
    ["./server -v --port 80", ["./server", "-v", "--port", "80"]],
    ["  server\t-v  ", ["server", "-v"]],
    ["server 'a b' \"c d\"", ["server", "a b", "c d"]],
    ["server '' \"\"", ["server", "", ""]],
    [`server a'b'"c"d`, ["server", "abcd"]],
    ["server a\\ b \\' \\\" \\\\", ["server", "a b", "'", '"', "\\"]],
    ['server \'a\\b\' "a\\b\\\\\\"\\$\\`"', ["server", "a\\b", 'a\\b\\"$`']],
    ["server '$HOME' \\$HOME \"\\$HOME\"", ["server", "$HOME", "$HOME", "$HOME"]],
    ["server '|' \";\" \\& '*' '#'", ["server", "|", ";", "&", "*", "#"]],
    [
      "server a#b a~b a=b -x=~ {} a{b,c} % @ ^ + , : /",
      ["server", "a#b", "a~b", "a=b", "-x=~", "{}", "a{b,c}", "%", "@", "^", "+", ",", ":", "/"],
    ],
    ["größe -ü 日本", ["größe", "-ü", "日本"]],
    ["server a\u00A0b", ["server", "a\u00A0b"]],
    ["server \"a\nb\" 'c\nd'", ["server", "a\nb", "c\nd"]],
    ["", []],
    ["  \t", []],
  ])("%j", (text, expected) => {
    expect([needs(text), words(text)]).toEqual(["nothing", expected])
  })
})

describe("a command line needs variables expanded, which the launcher can do:", () => {
  it.each([
    ["server -port $PORT", ["server", "-port", "$[PORT]"]],
    ["server :${PORT}", ["server", ":$[PORT]"]],
    ['server ":$PORT/${NAME}"', ["server", ":${PORT}/${NAME}"]],
    ['server "${PORT:-8080}" ${HOST-localhost}', ["server", "${PORT:-8080}", "$[HOST-localhost]"]],
    ["server $A$B-$C", ["server", "$[A]$[B]-$[C]"]],
    ["server '$A' $B \\$C", ["server", "$$A", "$[B]", "$$C"]],
    ["server \"$EMPTY\" ''", ["server", "${EMPTY}", ""]],
    ['server "${HOST:-[::]}"', ["server", "${HOST:-[::]}"]],
    ["$SERVER -v", ["$[SERVER]", "-v"]],
  ])("%j", (text, templates) => {
    expect([needs(text), parseCommandLine(text).templates]).toEqual(["expansion", templates])
  })
})

describe("a command line needs a shell:", () => {
  it.each([
    "a | b",
    "a && b",
    "a || b",
    "a; b",
    "a &",
    "a > b",
    "a < b",
    "a 2>&1",
    "(a)",
    "a *",
    "a ?",
    "a [b]",
    "a\nb",
    "`a`",
    'a "`b`"',
    "a $(b)",
    'a "$(b)"',
    "a $((1+1))",
    "A=b c",
    "A= c",
    "~/a",
    "a ~",
    "a #b",
    "# a",
    "! a",
    "a $1",
    "a $$",
    "a $?",
    "a $@",
    "a $#",
    "a $!",
    "a $-",
    "a $",
    "a ${B",
    "a ${B%c}",
    "a ${B#c}",
    "a ${#B}",
    "a ${B+c}",
    "a ${B:?c}",
    "a ${B:-$C}",
    "a ${B:-'c'}",
    "a ${B:-*}",
    "a ${B:-[::]}",
    "a ${B:-~}",
    "a ${1}",
    "a $'b'",
    'a $"b"',
    "a 'b",
    'a "b',
    "a \\",
    "a \\\nb",
    "a 'b\" c",
    "a\r",
    "if a; then b; fi",
    "while true; do a; done",
    "{ a; }",
  ])("%j", (text) => {
    expect(needs(text)).toBe("shell")
  })
})

describe("programs are found where a shell looks for them:", () => {
  it.each([
    ["api -v", ["api"]],
    ["migrate up && api", ["migrate", "api"]],
    ["A=b C=d api | tee log; worker & seed", ["api", "tee", "worker", "seed"]],
    ["exec api", ["api"]],
    ["if api; then worker; else seed; fi", ["api", "worker", "seed"]],
    ["(api)", ["api"]],
    ["! api", ["api"]],
    ["'api' \"-v\"", ["api"]],
    ["echo api", ["echo"]],
    ["echo 'a && api'", ["echo"]],
    ["", []],
  ])("%j", (text, expected) => {
    const { programs } = parseCommandLine(text)
    expect(programs.map(({ word }) => word)).toEqual(expect.arrayContaining(expected))
    expect(programs.filter(({ word }) => /^(?:api|worker|seed|migrate)$/.test(word))).toHaveLength(
      expected.filter((each) => /^(?:api|worker|seed|migrate)$/.test(each)).length,
    )
    for (const { word, start, end } of programs) {
      expect(text.slice(start, end).replace(/['"]/g, "")).toBe(word)
    }
  })
})

/** Not on Windows, where there is none. */
describe.skipIf(process.platform === "win32")("/bin/sh takes the same words from", () => {
  const environment = { A: "1", EMPTY: "", WORDS: " p  q ", QUOTED: `'x "y`, DOLLAR: "$A" }

  /** What a shell makes of the lines, each the arguments of a program. */
  function shellWords(lines: readonly string[]): string[][] {
    const script = lines.map((line) => `printf '%s\\0' begin ${line}\nprintf 'end\\0'`).join("\n")
    const output = execFileSync("/bin/sh", ["-f", "-c", script], {
      env: environment,
      maxBuffer: 1e9,
    })
    const texts = output.toString().split("\0").slice(0, -1)
    const all: string[][] = []
    for (const text of texts) {
      if (text === "begin") all.push([])
      else if (text !== "end") all.at(-1)?.push(text)
    }
    return all
  }

  const sample = (text: fc.Arbitrary<string>, needs: string) =>
    fc
      .sample(text, { numRuns: 3000, seed: Number(process.env.FAST_CHECK_SEED ?? 1) })
      // The marks above are no words of a line.
      .filter((line) => !/begin|end|\0/.test(line) && parseCommandLine(`x ${line}`).needs === needs)
      .slice(0, 800)
  const pieces = [..."ab -=:,/.%@^+_{}~#!\t", "  ", "'", "'", '"', '"', "\\", "\\\\", "ü", "\n"]
  const part = fc.constantFrom(...pieces)
  const quoted = (quote: string, inside: string[]) =>
    fc
      .array(fc.constantFrom(...inside), { maxLength: 4 })
      .map((parts) => quote + parts.join("") + quote)
  const whole = fc.oneof(
    part,
    quoted("'", [...pieces.filter((each) => each !== "'"), "$A", "*", "|"]),
    quoted('"', ["a", " ", "'", "\\\\", '\\"', "\\a", "\\$", "|", "*", "#"]),
  )
  const line = fc.array(whole, { maxLength: 8 }).map((parts) => parts.join(""))

  it("lines that need nothing of it", () => {
    const lines = sample(line, "nothing")
    expect(lines.length).toBeGreaterThan(300)
    const read = shellWords(lines)
    expect(lines.map((line) => [line, words(`x ${line}`).slice(1)])).toEqual(
      lines.map((line, index) => [line, read[index]]),
    )
  })

  it("lines with variables, once the launcher has put them in", () => {
    const variable = fc.constantFrom(
      "$A",
      "${A}",
      "$EMPTY",
      "${EMPTY}",
      "$UNSET",
      "${UNSET:-d}",
      "${UNSET:-d e}",
      "${EMPTY-d}",
      "${EMPTY:-d}",
      "$WORDS",
      "$QUOTED",
      "$DOLLAR",
      '"$A"',
      '"$EMPTY"',
      '"$WORDS"',
      '"${UNSET:-d e}"',
      "'$A'",
      "\\$A",
    )
    const mixed = fc
      .array(fc.oneof({ arbitrary: variable, weight: 2 }, { arbitrary: part, weight: 1 }), {
        maxLength: 6,
      })
      .map((parts) => parts.join(""))
    const lines = sample(mixed, "expansion")
    expect(lines.length).toBeGreaterThan(300)
    const read = shellWords(lines)
    expect(
      lines.map((line) => [line, launch(parseCommandLine(`x ${line}`).templates.slice(1))]),
    ).toEqual(lines.map((line, index) => [line, read[index]]))
  })

  /** As launcher.ts describes it. */
  function launch(templates: readonly string[]): string[] {
    return templates.flatMap((template) => {
      // A word is what stands between blanks that unquoted values bring; \x01 for those, \x02 for a word that is there.
      const marked =
        template === ""
          ? "\x02"
          : template.replace(
              /\$(?:(\$)|('')|\{(\w+)(?:(:?)-([^}]*))?\}|\[(\w+)(?:(:?)-([^\]]*))?\])/g,
              (
                _,
                dollar,
                empty,
                name,
                colon,
                otherwise,
                unquoted,
                unquotedColon,
                unquotedOtherwise,
              ) => {
                if (dollar) return "$"
                if (empty) return "\x02"
                if (name)
                  return `\x02${valueOf(name as string, colon as string, otherwise as string)}`
                return valueOf(
                  unquoted as string,
                  unquotedColon as string,
                  unquotedOtherwise as string,
                ).replace(/[ \t\n]/g, "\x01")
              },
            )
      return marked
        .split("\x01")
        .filter((word) => word !== "")
        .map((word) => word.replaceAll("\x02", ""))
    })
  }

  function valueOf(name: string, colon: string | undefined, otherwise: string | undefined): string {
    const value = (environment as Record<string, string | undefined>)[name]
    const isMissing = value === undefined || (colon === ":" && value === "")
    return isMissing ? (otherwise ?? "") : value
  }

  it("words that are quoted in any way", () => {
    const word = fc.string({
      unit: fc.constantFrom(..."ab \t'\"\\$`|&;<>()*?[]#~!={}%ü\n"),
      maxLength: 8,
    })
    const single = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
    const double = (text: string) => `"${text.replace(/["\\$`]/g, "\\$&")}"`
    const escaped = (text: string) =>
      text === "" ? "''" : text.replace(/[^a-z\n]/gu, "\\$&").replaceAll("\n", "'\n'")
    fc.assert(
      fc.property(
        fc.array(fc.tuple(word, fc.constantFrom(single, double, escaped)), {
          minLength: 1,
          maxLength: 4,
        }),
        (pairs) => {
          const line = pairs.map(([word, quote]) => quote(word)).join(" ")
          expect([line, needs(`x ${line}`), words(`x ${line}`).slice(1)]).toEqual([
            line,
            "nothing",
            pairs.map(([word]) => word),
          ])
        },
      ),
    )
  })
})

describe("whatever the text,", () => {
  it("it is taken apart, a template for each word", () => {
    fc.assert(
      fc.property(
        junk(
          "a",
          "'",
          '"',
          "\\",
          "$",
          "$A",
          "${A",
          "}",
          ":-",
          "`",
          "|",
          "&&",
          ";",
          "=",
          "#",
          "~",
          "exec ",
        ),
        (text) => {
          const line = parseCommandLine(text)
          expect(line.templates).toHaveLength(line.words.length)
          for (const { word, start, end } of line.programs) {
            expect(line.words).toContain(word)
            expect(start).toBeLessThan(end)
            expect(end).toBeLessThanOrEqual(text.length)
          }
        },
      ),
    )
  })

  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(parseCommandLine, "a ", "a '", 'a "', "a ${A:-", "A=")).toBeUndefined()
  })
})
