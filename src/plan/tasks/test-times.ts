/** Milliseconds that tests took in an earlier run, by `PACKAGE TEST`; those of their subtests are part of them. */
export type TestTimes = ReadonlyMap<string, number>

/**
 * Reads the report of a test run, as go-image's `--test-report`, gotestsum and others leave it: JUnit's XML, whose classes are
 * packages, or lines of `go test -json`. Undefined where it is neither.
 */
export function parseTestTimes(text: string): TestTimes | undefined {
  const start = text.replace(/^\uFEFF/, "").trimStart()
  if (start.startsWith("<")) return /<testsuites?[\s/>]/.test(start) ? ofJUnit(start) : undefined
  return start.startsWith("{") ? ofEvents(start) : undefined
}

interface Timed {
  package: string
  test: string
  seconds: number
}

/** What a test prints may look like an element where it is not escaped. */
export const notMarkup = /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->/g
const testCase = /<testcase((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*\/?>/g
const attribute = /\s([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

function ofJUnit(text: string): TestTimes {
  const cases = [...text.replace(notMarkup, "").matchAll(testCase)].map(
    ([, written = ""]): Timed => {
      const attributes = new Map(
        [...written.matchAll(attribute)].map(([, name = "", double, single]) => [
          name,
          unescape(double ?? single ?? ""),
        ]),
      )
      return {
        package: attributes.get("classname") ?? "",
        test: attributes.get("name") ?? "",
        // Of a thousand seconds and more, some write a comma.
        seconds: Number((attributes.get("time") ?? "").replaceAll(",", "")),
      }
    },
  )
  return sumOf(cases)
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  quot: '"',
}

function unescape(text: string): string {
  return text.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
}

function ofEvents(text: string): TestTimes {
  const events = text.split("\n").flatMap((line): Timed[] => {
    if (!line.startsWith("{")) return []
    try {
      const { Action, Package, Test, Elapsed } = JSON.parse(line) as Record<string, unknown>
      const isEnd = Action === "pass" || Action === "fail"
      return isEnd && typeof Package === "string" && typeof Test === "string"
        ? [{ package: Package, test: Test, seconds: Number(Elapsed ?? 0) }]
        : []
    } catch {
      return []
    }
  })
  return sumOf(events)
}

/** Where a test is not among them by itself, its time is that of its subtests. */
function sumOf(all: readonly Timed[]): TestTimes {
  const whole = new Map<string, number>()
  const parts = new Map<string, number>()
  for (const { package: path, test, seconds } of all) {
    const [name = "", ...below] = test.split("/")
    const isName = /^(?:Test|Example|Fuzz)\S*$/.test(name) && /^\S+$/.test(path)
    if (!isName || !Number.isFinite(seconds) || seconds < 0) continue
    const times = below.length > 0 ? parts : whole
    const key = `${path} ${name}`
    times.set(key, (times.get(key) ?? 0) + Math.round(Math.min(seconds, longest) * 1000))
  }
  return new Map([...parts, ...whole])
}

/** A day: what says more is wrong. */
const longest = 86_400

/** As `gotests` reads them. */
export function printTestTimes(times: TestTimes): string {
  return [...times]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([test, milliseconds]) => `${test} ${milliseconds}\n`)
    .join("")
}
