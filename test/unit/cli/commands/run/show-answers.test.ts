import { expect, it } from "vitest"
import { portNote } from "../../../../../cli/commands/run/show-answers.js"

const at = { file: "Dockerfile", line: 34 }

it.each([
  ["5230", "--environment MEMOS_PORT=5230 as in Dockerfile:34, or --port 8081"],
  [":5230", "--environment MEMOS_PORT=:5230 as in Dockerfile:34, or --port 8081"],
  ["0.0.0.0:5230", "--environment MEMOS_PORT=0.0.0.0:5230 as in Dockerfile:34, or --port 8081"],
  ["8081", "--port 8081"],
  ["52300", "--port 8081"],
  ["$PORT", "--port 8081"],
  ["", "--port 8081"],
])("another port than the image's, where the Dockerfile's variable is %j", (is, use) => {
  const missing = [
    { value: "MODE", is: "prod", ...at },
    { value: "MEMOS_PORT", is, ...at },
  ]
  expect(portNote(8081, [5230], missing)).toBe(
    `note: the program listens on port 8081, but the image names 5230: use ${use}`,
  )
})
