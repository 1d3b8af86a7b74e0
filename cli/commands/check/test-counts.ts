import { notMarkup } from "../../../src/plan/tasks/test-times.js"

/** How many tests ran, by JUnit's XML: `12 tests, 1 skipped`, or `no tests`. */
export function testCounts(junit: string): string {
  const suites = junit.replace(notMarkup, "").match(/<testsuite [^>]*>/g) ?? []
  const sum = (attribute: string) =>
    suites.reduce((total, suite) => total + numberOf(suite, attribute), 0)
  const tests = sum("tests")
  if (tests === 0) return "no tests"
  const skipped = sum("skipped")
  return `${tests} ${tests === 1 ? "test" : "tests"}${skipped === 0 ? "" : `, ${skipped} skipped`}`
}

function numberOf(suite: string, attribute: string): number {
  return Number(new RegExp(String.raw` ${attribute}="(\d+)"`).exec(suite)?.[1] ?? 0)
}
