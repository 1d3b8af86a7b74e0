import { readContents } from "../../image/contents/contents.js"
import { openImage } from "../../image/contents/open-image.js"
import { checkDestination } from "../../build/destination.js"
import { writeResult } from "../../build/result-files.js"
import { runCommand } from "../../command-line/run-command.js"
import { explainCommand } from "./command.js"
import { explainDocument, formatOfFile, type ExplainFormat } from "./document.js"
import { explain } from "./explain.js"
import { onlyTarget, toRequest } from "../../command-line/request-from-flags.js"

/** A program of its own, as `inspect` is. */
const program = explainCommand()

const parsed = program.parse(process.argv.slice(3), { from: "user" })
const { image, format, output } = parsed.opts<{
  image?: string
  format?: ExplainFormat
  output?: string
}>()
const asked = toRequest(parsed.setOptionValue("output", undefined), {})
const source = parsed.processedArgs[0] as string
const request = { ...asked, source, target: onlyTarget(parsed, asked) }
void runCommand(request, async (terminal) => {
  if (output !== undefined) checkDestination(output)
  const account = await explain(request)
  const contents = image === undefined ? undefined : await readContents(await openImage(image))
  const chosen = format ?? (output === undefined ? "text" : formatOfFile(output))
  const document = explainDocument(account, { image: contents }, chosen)
  if (output === undefined) process.stdout.write(document)
  else {
    writeResult(output, document)
    terminal.say(`wrote ${output}`)
  }
})
