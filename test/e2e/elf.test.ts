import { readFileSync } from "node:fs"

import { expect, it } from "vitest"

import { isStaticProgram } from "./elf.js"

it("knows a program that needs a dynamic linker", () => {
  expect(isStaticProgram(readFileSync(process.execPath))).toBe(false)
})
