import { messages } from "./messages.js"

for (const { file, line, text } of messages()) {
  process.stdout.write(`${file}:${line}: ${text.replaceAll("\n", "\\n")}\n`)
}
