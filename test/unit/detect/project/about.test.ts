import licenses from "spdx-license-list/full.js"
import { expect, test } from "vitest"
import { synopsis } from "../../../../src/detect/project/about.js"
import { readLicense } from "../../../../src/detect/assets/license.js"
import { isExpression } from "../../../../src/license-expression.js"

test.each([
  [
    "// Command api serves the shop. It listens on 8080.\npackage main\n",
    "Command api serves the shop.",
  ],
  ["// Api is small\n// and quick.\n//\n// More of it.\npackage main\n", "Api is small and quick."],
  ["/*\nApi serves the shop.\n\nMore.\n*/\npackage main\n", "Api serves the shop."],
  ["/* Api serves v1.2 of it. */\npackage main\n", "Api serves v1.2 of it."],
  ["// Copyright 2025 Acme. All rights reserved.\n\n// Api serves.\npackage main\n", "Api serves."],
  ["// Copyright 2025 Acme.\npackage main\n", undefined],
  ["/**\n * Api serves\n * the shop.\n *\n * More.\n */\npackage main\n", "Api serves the shop."],
  ["// Api serves */ here.\npackage main\n", "Api serves */ here."],
  ["/* Apart. */\n\n/* Api serves. */\npackage main\n", "Api serves."],
  ["//go:build linux\n// Api serves.\npackage main\n", "Api serves."],
  [`// ${"a".repeat(299)}.\npackage main\n`, `${"a".repeat(299)}.`],
  [`// ${"a".repeat(300)}.\npackage main\n`, undefined],
  ["// Api serves\npackage main\n", "Api serves"],
  ["//go:build linux\n\npackage main\n", undefined],
  ["// Apart.\n\npackage main\n", undefined],
  ["package main\n\n// Api serves.\nfunc main() {}\n", undefined],
  ["package main // Api.\n", undefined],
  [`// ${"long ".repeat(100)}\npackage main\n`, undefined],
  ["", undefined],
])("%j", (text, expected) => {
  expect(synopsis(text)).toBe(expected)
})

const text = (id: string) => licenses[id]?.licenseText ?? ""

test.each([
  [text("MIT"), { value: "MIT", line: 1 }],
  [text("MIT").replace("MIT License\n", "").trimStart(), { value: "MIT", line: 3 }],
  [`\n${text("Apache-2.0")}`, { value: "Apache-2.0", line: 2 }],
  [`# BSD 3-Clause License\n\n${text("BSD-3-Clause")}`, { value: "BSD-3-Clause", line: 1 }],
  ["SPDX-License-Identifier: MIT OR Apache-2.0\n", { value: "MIT OR Apache-2.0", line: 1 }],
  // Of version 3, or of any later one: its text does not say.
  [text("GPL-3.0-only"), { value: "GPL-3.0", line: 1 }],
  ["SPDX-License-Identifier: whatever you like\n", undefined],
  [`${text("MIT")}\n${text("ISC")}`, undefined],
  ["MIT License\n\nCopyright (c) 2025 Acme\n\nPermission is", undefined],
  ["All rights reserved.\n", undefined],
  ["Not the MIT License\n", undefined],
  ["", undefined],
])("the licence of text %#", (text, expected) => {
  expect(readLicense(text)).toEqual(expected)
})

test("an SPDX expression", () => {
  expect(isExpression("(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0")).toBe(
    true,
  )
  expect(isExpression("MIT, mostly")).toBe(false)
})
