import { expect, test } from "vitest"
import { synopsis } from "../../../src/detect/about.js"
import { isExpression, readLicense } from "../../../src/detect/license.js"

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
  ["//go:build linux\n\npackage main\n", undefined],
  ["// Apart.\n\npackage main\n", undefined],
  ["package main\n\n// Api serves.\nfunc main() {}\n", undefined],
  ["package main // Api.\n", undefined],
  [`// ${"long ".repeat(100)}\npackage main\n`, undefined],
  ["", undefined],
])("%j", (text, expected) => {
  expect(synopsis(text)).toBe(expected)
})

test.each([
  ["MIT License\n\nCopyright (c) 2025 Acme\n\nPermission is", { value: "MIT", line: 1 }],
  [
    "Copyright (c) 2025 Acme\n\nPermission is hereby granted, free of charge, to any person\nobtaining a copy of this software and associated documentation",
    { value: "MIT", line: 3 },
  ],
  [
    "\n                                 Apache License\n                           Version 2.0, January 2004\n",
    { value: "Apache-2.0", line: 2 },
  ],
  ["# BSD 3-Clause License\n", { value: "BSD-3-Clause", line: 1 }],
  ["SPDX-License-Identifier: MIT OR Apache-2.0\n", { value: "MIT OR Apache-2.0", line: 1 }],
  ["SPDX-License-Identifier: whatever you like\n", undefined],
  // Of version 3, or of any later one: its text does not say.
  ["GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n", undefined],
  ["All rights reserved.\n", undefined],
  ["Not the MIT License\n", undefined],
  ["", undefined],
])("the licence %j", (text, expected) => {
  expect(readLicense(text)).toEqual(expected)
})

test("an SPDX expression", () => {
  expect(isExpression("(MIT OR Apache-2.0) AND GPL-2.0-only WITH Classpath-exception-2.0")).toBe(
    true,
  )
  expect(isExpression("MIT, mostly")).toBe(false)
})
