import { build } from "./commands/build/build.js"
import { runCommand } from "./command-line/run-command.js"
import { parseArguments } from "./command-line/build-command.js"

const request = parseArguments(process.argv.slice(2), process.env)
void runCommand(request, (terminal, catchSignals) => build(request, terminal, catchSignals))
