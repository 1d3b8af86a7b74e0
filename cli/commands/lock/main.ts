import { runCommand } from "../../command-line/run-command.js"
import { lockCommand } from "./command.js"
import { lock } from "./lock.js"
import { toRequest } from "../../command-line/request-from-flags.js"

/** A program of its own: what reads from registries would make each build start later. */
const program = lockCommand()

const request = toRequest(program.parse(process.argv.slice(3), { from: "user" }), {})
const source = program.processedArgs[0] as string
void runCommand(request, (terminal) => lock({ ...request, source }, terminal))
