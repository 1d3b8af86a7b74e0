import { UserError } from "../../../src/errors.js"
import { runCommand } from "../../command-line/run-command.js"
import { checkDestination } from "../../build/destination.js"
import { writeResult } from "../../build/result-files.js"
import { pipelineOf } from "./ci.js"
import { ciCommand, type CiFlags } from "./command.js"
import { whyNoOwnFile } from "./own-file.js"
import { replacedBy } from "./replaced.js"
import { toRequest } from "../../command-line/request-from-flags.js"

const program = ciCommand().parse(process.argv.slice(3), { from: "user" })
const flags = program.opts<CiFlags>()
const source = program.processedArgs[0] as string
const request = { ...toRequest(ciCommand(), {}), source }
void runCommand(request, async (terminal) => {
  const { output, json = false } = flags
  if (output !== undefined) checkDestination(output)
  const pipeline = await pipelineOf(request, flags)
  const { provider, file, text, notes, repository } = pipeline
  const why = whyNoOwnFile(pipeline, source, repository)
  if (why && output === undefined) {
    const hints = [why.hint, "To write one for it alone all the same: --output FILE"]
    throw new UserError(why.message, { hint: hints.filter(Boolean).join("\n") })
  }
  const document = json ? `${JSON.stringify({ provider, file, notes, text }, null, 2)}\n` : text
  for (const note of notes) terminal.say(note)
  if (output !== undefined) {
    if (why) terminal.say(`note: ${why.message}`)
    const done = json ? `wrote ${output}` : replacedBy(pipeline, output, source, repository)
    writeResult(output, document)
    terminal.say(done)
    return
  }
  process.stdout.write(document)
  terminal.say(`it belongs to ${repository.root}/${file}`)
})
