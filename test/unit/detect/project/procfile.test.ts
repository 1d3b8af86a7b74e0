import { describe, expect, it } from "vitest"
import { parseProcfile } from "../../../../src/detect/project/procfile.js"
import { findSlowInput, junk } from "../../support/hostile.js"
import { fc } from "../../support/property.js"

const processes = (text: string) =>
  parseProcfile(text).procfile.processes.map(({ type, command }) => [type, command])

describe("a Procfile has", () => {
  it.each([
    ["a process", "web: ./server\n", [["web", "./server"]]],
    ["a process, without a newline at the end", "web: ./server", [["web", "./server"]]],
    [
      "its processes in their order",
      "worker: w\nweb: s\nrelease: r\n",
      [
        ["worker", "w"],
        ["web", "s"],
        ["release", "r"],
      ],
    ],
    ["a type with hyphens, underscores and digits", "my-worker_2: w\n", [["my-worker_2", "w"]]],
    ["a type that starts with a digit", "2nd: w\n", [["2nd", "w"]]],
    ["a command without a blank after the colon", "web:server\n", [["web", "server"]]],
    ["a blank before the colon", "web : server\n", [["web", "server"]]],
    ["blanks around a line", " \tweb:\t server -x \t\n", [["web", "server -x"]]],
    [
      "a command with colons",
      "web: server -listen :$PORT -url http://a:80\n",
      [["web", "server -listen :$PORT -url http://a:80"]],
    ],
    ["a command that mentions web", "worker: run web: now\n", [["worker", "run web: now"]]],
    [
      "a command with quotes and signs of a shell",
      `web: sh -c 'a && b' # c\n`,
      [["web", "sh -c 'a && b' # c"]],
    ],
    ["blanks inside of a command, kept", "web: a  'b  c'\n", [["web", "a  'b  c'"]]],
    [
      "CRLF",
      "web: server\r\nworker: w\r\n",
      [
        ["web", "server"],
        ["worker", "w"],
      ],
    ],
    ["a byte order mark", "\uFEFFweb: server\n", [["web", "server"]]],
    ["the first of two of one type", "web: a\nweb: b\n", [["web", "a"]]],
    [
      "types of two cases",
      "web: a\nWeb: b\n",
      [
        ["web", "a"],
        ["Web", "b"],
      ],
    ],
    ["no comments", "# web: a\n  # worker: b\nweb: c\n", [["web", "c"]]],
    ["nothing, where it is empty", "", []],
    ["nothing, where it is blank", "\n \t\r\n", []],
    ["no process without a command", "web:\nworker: w\n", [["worker", "w"]]],
    ["no process without a type", ": server\nworker: w\n", [["worker", "w"]]],
    ["no process of a type with other characters", "my.worker: w\nwörker: w\nmy worker: w\n", []],
    ["no process in YAML", "---\n- web\n", []],
  ])("%s", (_, text, expected) => {
    expect(processes(text)).toEqual(expected)
  })
})

it("each process has its line", () => {
  expect(parseProcfile("\n# hello\nweb: a\n\nworker: b\n").procfile.processes).toMatchObject([
    { type: "web", line: 3 },
    { type: "worker", line: 5 },
  ])
})

describe("what is skipped is said:", () => {
  it.each([
    [
      "a line that is none of a Procfile's",
      "web a\n",
      1,
      'not of the form "type: command", skipped: web a',
    ],
    ["a type without a command", "web:  \n", 1, "no command for web, skipped"],
    ["a second line for a type", "web: a\n\nweb: b\n", 3, "a second web, skipped; line 1 counts"],
  ])("%s", (_, text, line, message) => {
    expect(parseProcfile(text).notices).toEqual([{ file: "Procfile", line, message }])
  })

  it("but not blank lines and comments", () => {
    expect(parseProcfile("\n# a\nweb: b\n").notices).toEqual([])
  })
})

describe("whatever the text,", () => {
  const text = junk("web", "worker: ", ":", "#", "$PORT", "\\", "'", "my-worker")

  it("each line is a process, a notice, blank or a comment", () => {
    fc.assert(
      fc.property(text, (text) => {
        const { procfile, notices } = parseProcfile(text)
        const lines = text.replace(/^\uFEFF/, "").split("\n")
        const meant = lines.filter((line) => line.trim() && !line.trim().startsWith("#"))
        expect(procfile.processes.length + notices.length).toBe(meant.length)
      }),
    )
  })

  it("a command fits on one line of an image's configuration", () => {
    fc.assert(
      fc.property(text, (text) => {
        for (const { command } of parseProcfile(text).procfile.processes) {
          expect(command).toMatch(/^[^\n\r\0]+$/)
        }
      }),
    )
  })

  it("it is read in a time that grows with its length", () => {
    expect(findSlowInput(parseProcfile, "web: ", "web: a", "web", "web: a\n")).toBeUndefined()
  })
})
