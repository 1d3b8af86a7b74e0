import { engineOptions, newCommand, onlyTarget, settingOptions, toRequest } from "../arguments.js"
import { programName } from "../program-name.js"
import { runCommand } from "../run-command.js"
import { readParameters } from "./provenance.js"
import { mustBeIdentical, printVerification, verify } from "./verify.js"

/** A program of its own, as `inspect` is. */
const program = engineOptions(
  settingOptions(
    newCommand("verify")
      .description(
        "Build an image again from its source, and say whether it is the same, or what differs and why. Of the options, those that it was built with.",
      )
      .argument(
        "<image>",
        "OCI image archive (a tar file), or an image in a registry: registry.example.com/app@sha256:…",
      )
      .option(
        "--source <folder>",
        "its Go project, in a Git repository that has the image's commit",
        ".",
      ),
  ),
)
  .option(
    "--provenance <file>",
    "take the options that it was built with from the provenance that the build wrote (default: the one attached to the image); those that are typed come first",
  )
  .optionsGroup("Other:")
  .option("-o, --output <file>", `keep the image that was built there, for \`${programName} diff\``)
  .option("--json", "print the result as JSON")
  .option("-v, --verbose", "show the output of every step")
  .option("-q, --quiet", "show the result alone")
  .helpOption("-h, --help", "show this")

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
