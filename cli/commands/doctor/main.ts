import { exitCode, explain } from "../../command-line/exit.js"
import { doctorCommand } from "./command.js"
import { findEngine } from "./engine.js"
import { diagnosisOf, printDiagnosis } from "./findings.js"
import { lookAtMachine } from "./machine.js"

async function main(): Promise<void> {
  const command = doctorCommand().parse(process.argv.slice(3), { from: "user" })
  const { json } = command.opts<{ json?: boolean }>()
  const [engine, findings] = await Promise.all([findEngine(), lookAtMachine()])
  const diagnosis = diagnosisOf(engine, findings)
  process.stdout.write(
    json ? `${JSON.stringify(diagnosis, undefined, 2)}\n` : printDiagnosis(diagnosis),
  )
  if (!diagnosis.ready) process.exitCode = 4
}

main().catch((error: unknown) => {
  process.exitCode = exitCode(error)
  process.stderr.write(`${explain(error)}\n`)
})
