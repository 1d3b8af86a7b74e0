import { runCommand } from "../../command-line/run-command.js"
import { verifyCommand } from "./command.js"
import { readParameters } from "./provenance.js"
import { mustBeIdentical, printVerification, verify } from "./verify.js"
import { onlyTarget, toRequest } from "../../command-line/request-from-flags.js"

/** A program of its own, as `inspect` is. */
const program = verifyCommand()

const parsed = program.parse(process.argv.slice(3), { from: "user" })
const { source, json, provenance } = parsed.opts<{
  source: string
  json?: boolean
  provenance?: string
}>()
const asked = toRequest(
  parsed.setOptionValue("json", undefined).setOptionValue("provenance", undefined),
  {},
)
// What is in the cache may be what the image was made of.
const request = { ...asked, source, target: onlyTarget(parsed, asked), cache: false }
void runCommand(request, async (terminal, catchSignals) => {
  const parameters = provenance === undefined ? undefined : readParameters(provenance)
  const image = parsed.args[0] ?? ""
  const result = await verify(image, request, { parameters, terminal, catchSignals })
  terminal.watch?.stop()
  process.stdout.write(
    json ? `${JSON.stringify(result, undefined, 2)}\n` : printVerification(result),
  )
  mustBeIdentical(result)
})
