import { vexDocument } from "../../src/sbom/openvex.js"
import { engineOptions, newCommand, onlyTarget, settingOptions, toRequest } from "../arguments.js"
import { checkDestination } from "../destination.js"
import { resolve } from "node:path"
import { writeResult } from "../result-files.js"
import { runCommand } from "../run-command.js"
import { Database } from "./database.js"
import { isClean, printVulnerabilities } from "./print.js"
import { vulncheck } from "./vulncheck.js"

/** A program of its own, as `inspect` is. */
const program = engineOptions(
  settingOptions(
    newCommand("vulncheck")
      .description(
        "Say which known vulnerabilities are in an image or an SBOM, and whether its Go programs can reach them. Exit status: 0 where none can be reached, else 1.",
      )
      .argument(
        "<image>",
        "OCI image archive (a tar file), an image in a registry, or an SBOM as SPDX or CycloneDX (JSON), of which only versions are known",
      )
      .option(
        "--vulnerability-database <url>",
        "a folder, file:///… or https://…, as Go's is (default: https://vuln.go.dev)",
      )
      .option(
        "--source <folder>",
        "the Go project that it is of: which calls lead there is looked for in its commit, by govulncheck",
      ),
  ),
)
  .optionsGroup("Other:")
  .option("--vex <file>", "write it there as OpenVEX")
  .option("--json", "print the OpenVEX document")
  .option("-v, --verbose", "show the output of every step")
  .option("-q, --quiet", "show the result alone")
  .helpOption("-h, --help", "show this")

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
