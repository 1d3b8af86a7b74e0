import { parseArguments } from "./arguments.js"
import { build } from "./build.js"
import { runCommand } from "./run-command.js"

const request = parseArguments(process.argv.slice(2), process.env)
void runCommand(request, (terminal, catchSignals) => build(request, terminal, catchSignals))
