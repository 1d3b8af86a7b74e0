import type { Command } from "commander"
import {
  collect,
  engineOptions,
  newCommand,
  settingOptions,
} from "../../command-line/option-groups.js"

export interface DevFlags {
  service?: string[]
  env?: string[]
  envFile?: string
}

export function devCommand(): Command {
  return engineOptions(
    settingOptions(
      newCommand("dev")
        .description(
          "Build the image and run it, and do so again whenever a file is saved. While the project does not compile, the program before it runs on. Ctrl-C ends it all.",
        )
        .argument("[project]", "folder of the Go project", "."),
    ),
  )
    .optionsGroup("What runs:")
    .option(
      "--service <[name=]image>",
      "a server beside the program, such as postgres:17, from a registry or an archive (cache=redis.tar): the program finds it under its name, and in variables such as DATABASE_URL, REDIS_URL, or NAME_HOST and NAME_PORT; repeatable",
      collect,
    )
    .option(
      "--env <name=value>",
      "variable of the program, for this run alone; repeatable",
      collect,
    )
    .option("--env-file <file>", "such variables, one a line, as docker run has them")
    .optionsGroup("Other:")
    .option("-v, --verbose", "show the output of every step of the first build")
    .helpOption("-h, --help", "show this")
}
