import { expect, it } from "vitest"
import { fromSource } from "../../../../src/plan/tasks/module-output.js"

it.each([
  ["a compiler's", "./main.go:3:1: x\n", "api/main.go:3:1: x\n"],
  ["vet's", "vet: ./store/store.go:3:1: x\n", "vet: api/store/store.go:3:1: x\n"],
  ["gofmt's", "main.go\nstore/store.go\n", "api/main.go\napi/store/store.go\n"],
  ["of a package below", "    store/store.go:3: x\n", "    api/store/store.go:3: x\n"],
  // The line above says which package it is.
  [
    "a test's, which has no folder",
    "=== FAIL: store TestGet (0.00s)\n    store_test.go:9: got 2\n",
    "=== FAIL: store TestGet (0.00s)\n    store_test.go:9: got 2\n",
  ],
])("names files from the source on: %s", (_, output, expected) => {
  expect(fromSource(output, "api")).toBe(expected)
  expect(fromSource(output, "")).toBe(output)
})
