import { runCommand } from "../../command-line/run-command.js"
import { importCommand } from "./command.js"
import { importProject, problemOf } from "./import.js"
import { printImported } from "./print.js"
import { writeSettings } from "./write.js"
import { toRequest } from "../../command-line/request-from-flags.js"

const program = importCommand().parse(process.argv.slice(3), { from: "user" })
const { write = false, json = false } = program.opts<{ write?: boolean; json?: boolean }>()
const source = program.processedArgs[0] as string
const request = { ...toRequest(importCommand(), {}), source }
void runCommand(request, async (terminal) => {
  const imported = await importProject(request)
  const { found, settings, targets, folder } = imported
  const document = JSON.stringify({ options: found, settings, targets }, undefined, 2)
  process.stdout.write(json ? `${document}\n` : printImported(imported))
  if (!write) return
  const file = writeSettings(folder, settings, targets)
  terminal.say(file === undefined ? "project.toml: nothing to write" : `wrote ${file}`)
  const problem = file === undefined ? undefined : await problemOf(request)
  if (problem !== undefined) terminal.say(`note: these settings contradict each other: ${problem}`)
})
