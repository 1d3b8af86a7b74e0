import { vexDocument } from "../../../src/sbom/documents/openvex.js"
import { checkDestination } from "../../build/destination.js"
import { resolve } from "node:path"
import { writeResult } from "../../build/result-files.js"
import { runCommand } from "../../command-line/run-command.js"
import { vulncheckCommand } from "./command.js"
import { Database } from "./database.js"
import { isClean, printVulnerabilities } from "./print.js"
import { vulncheck } from "./vulncheck.js"
import { onlyTarget, toRequest } from "../../command-line/request-from-flags.js"

/** A program of its own, as `inspect` is. */
const program = vulncheckCommand()

const parsed = program.parse(process.argv.slice(3), { from: "user" })
const own = ["source", "json", "vex", "vulnerabilityDatabase"] as const
const { source, json, vex, vulnerabilityDatabase } =
  parsed.opts<Partial<Record<(typeof own)[number], string>>>()
for (const name of own) parsed.setOptionValue(name, undefined)
const asked = toRequest(parsed, {})
const request = { ...asked, target: onlyTarget(parsed, asked) }
void runCommand(request, async (terminal, catchSignals) => {
  if (vex !== undefined) checkDestination(resolve(vex))
  const database = Database.open(vulnerabilityDatabase)
  const facts = await vulncheck(parsed.args[0] ?? "", {
    ...{ source, database, request, terminal, catchSignals },
  })
  terminal.watch?.stop()
  const document = vexDocument(facts)
  if (vex !== undefined) writeResult(vex, document)
  process.stdout.write(json ? document : printVulnerabilities(facts))
  if (!isClean(facts)) process.exitCode = 1
})
