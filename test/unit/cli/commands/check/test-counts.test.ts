import { expect, it } from "vitest"
import { testCounts } from "../../../../../cli/commands/check/test-counts.js"

const report = (...suites: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="99" failures="0" errors="0" time="1.0">\n${suites.join("\n")}\n</testsuites>\n`

const suite = (tests: number, skipped?: number) =>
  `\t<testsuite tests="${tests}" failures="0" time="0.1" name="example.com/app"${skipped === undefined ? "" : ` skipped="${skipped}"`} timestamp="x">\n\t\t<properties></properties>\n\t</testsuite>`

it.each([
  ["12 tests, 1 skipped", report(suite(10, 1), suite(2, 0))],
  ["3 tests, 3 skipped", report(suite(3, 3))],
  ["1 test", report(suite(1, 0), suite(0, 0))],
  ["2 tests", report(suite(2))],
  ["no tests", report(suite(0, 0))],
  ["no tests", report()],
  ["1 test", report(suite(1, 0).replace("<properties>", "&lt;testsuite tests=&#34;7&#34;&gt;"))],
])("%s", (counts, junit) => {
  expect(testCounts(junit)).toBe(counts)
})
