import { readFileSync, writeFileSync } from "node:fs"
import { helpText } from "../../cli/arguments.js"
import { withSettingsTable } from "./settings-table.js"

writeFileSync("README.md", withSettingsTable(readFileSync("README.md", "utf8")))
writeFileSync("cli/help.txt", helpText())
