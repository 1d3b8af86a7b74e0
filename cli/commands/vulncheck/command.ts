import type { Command } from "commander"
import {
  engineOptions,
  newCommand,
  progressOptions,
  settingOptions,
} from "../../command-line/option-groups.js"

export function vulncheckCommand(): Command {
  const program = engineOptions(
    settingOptions(
      newCommand("vulncheck")
        .description(
          "Print which known vulnerabilities an image or an SBOM has, and whether its Go programs can reach them. Exit status: 0 if none can be reached, else 1.",
        )
        .argument(
          "<image>",
          "OCI image archive (a tar file), an image in a registry, or an SBOM as SPDX or CycloneDX (JSON); for an SBOM, only versions are compared",
        )
        .option(
          "--vulnerability-database <url>",
          "vulnerability database: a folder, file:///… or https://… (default: https://vuln.go.dev)",
        )
        .option(
          "--source <folder>",
          "the image's Go project: govulncheck looks in its commit for calls that lead to the vulnerable code",
        ),
    ),
  )
    .optionsGroup("Other:")
    .option("--vex <file>", "write OpenVEX to this file")
    .option("--json", "print the OpenVEX document")
  return progressOptions(program, "the result").helpOption("-h, --help", "show this help")
}
