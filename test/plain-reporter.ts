import type { Reporter, TestModule } from "vitest/node"

/** Ends a run with one plain line, `N passed, N failed`, for people and for CI systems that look for it. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0
    let skipped = 0
    let failed = unhandledErrors.length
    for (const module of modules) {
      // A module that does not load has errors and no tests.
      failed += module.errors().length
      for (const test of module.children.allTests()) {
        const { state } = test.result()
        if (state === "passed") passed++
        else if (state === "skipped") skipped++
        else failed++
      }
    }
    const last = `${passed} passed, ${failed} failed` + (skipped > 0 ? `, ${skipped} skipped` : "")
    // After every other reporter has written: the line must be the last one.
    process.once("exit", () => process.stdout.write(`${last}\n`))
  }
}
