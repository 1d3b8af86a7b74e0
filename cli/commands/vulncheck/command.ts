import type { Command } from "commander"
import {
  engineOptions,
  newCommand,
  progressOptions,
  settingOptions,
} from "../../command-line/arguments.js"

export function vulncheckCommand(): Command {
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
  return progressOptions(program, "the result").helpOption("-h, --help", "show this")
}
