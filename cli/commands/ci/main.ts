import { runCommand } from "../../command-line/run-command.js"
import { checkDestination } from "../../build/destination.js"
import { writeResult } from "../../build/result-files.js"
import { pipelineOf } from "./ci.js"
import { ciCommand, type CiFlags } from "./command.js"
import { takenLine } from "./taken.js"
import { toRequest } from "../../command-line/request-from-flags.js"

const program = ciCommand().parse(process.argv.slice(3), { from: "user" })
const flags = program.opts<CiFlags>()
const source = program.processedArgs[0] as string
const request = { ...toRequest(ciCommand(), {}), source }
void runCommand(request, async (terminal) => {
  const { output, json = false } = flags
  if (output !== undefined) checkDestination(output)
  const { provider, file, taken, text, notes, repository } = await pipelineOf(request, flags)
  const document = json ? `${JSON.stringify({ provider, file, notes, text }, null, 2)}\n` : text
  for (const note of notes) terminal.say(note)
  if (output === undefined) process.stdout.write(document)
  else writeResult(output, document)
  if (taken && output === undefined) terminal.say(takenLine({ file, taken }, repository))
  else
    terminal.say(
      output === undefined ? `it belongs to ${repository.root}/${file}` : `wrote ${output}`,
    )
})
