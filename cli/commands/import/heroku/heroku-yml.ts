import { UserError } from "../../../../src/errors.js"
import { object } from "../../../../src/settings/descriptor/toml.js"
import type { Options } from "../../../../src/options.js"
import { readYaml } from "../../../../src/detect/project/yaml.js"
import { foundOption, type FoundOption } from "../found.js"
import { lineOf } from "../railpack.js"

export const herokuFile = "heroku.yml"

/** https://devcenter.heroku.com/articles/build-docker-images-heroku-yml */
export async function importHerokuYml(text: string, file: string): Promise<FoundOption[]> {
  const read = await readYaml(text)
  if (!("value" in read)) {
    throw new UserError(`not YAML: ${read.reason}`, { place: { file, line: read.line } })
  }
  const document = object(read.value)
  const found = (option: string, path: string[], value: unknown, writes?: Options) => {
    const shown = typeof value === "string" ? value : JSON.stringify(value)
    const place = { file, line: lineOf(text, path), value: shown }
    return foundOption("heroku", `heroku.yml ${option}`, place, writes)
  }
  const { docker, config } = object(document["build"])
  const run = object(document["run"])
  const setup = object(document["setup"])
  const release = object(document["release"])
  return [
    ...Object.entries(object(docker)).map(([type, path]) =>
      found("build.docker", ["build", "docker", type], `${type}: ${shownOf(path)}`),
    ),
    ...Object.entries(object(config)).map(([name, value]) =>
      found("build.config", ["build", "config", name], `${name}=${shownOf(value)}`),
    ),
    ...Object.entries(run).map(([type, value]) => {
      const command = commandOf(value)
      return type === "web" && command !== undefined
        ? found("run.web", ["run", type], command, { command })
        : found("run", ["run", type], `${type}: ${command ?? shownOf(value)}`)
    }),
    ...Object.entries(object(setup["config"])).map(([name, value]) =>
      found("setup.config", ["setup", "config", name], `${name}=${shownOf(value)}`, {
        environment: [`${name}=${shownOf(value)}`],
      }),
    ),
    ...("addons" in setup ? [found("setup.addons", ["setup", "addons"], setup["addons"])] : []),
    ...("command" in release ? [found("release", ["release"], release["command"])] : []),
  ]
}

function shownOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value)
}

/** A command, or one of `{ command: [...], image: worker }`; a list is a line each. */
function commandOf(value: unknown): string | undefined {
  const given = typeof value === "string" ? value : object(value)["command"]
  if (typeof given === "string") return given
  const lines = Array.isArray(given) ? given.filter((each) => typeof each === "string") : []
  return lines.length > 0 ? lines.join(" && ") : undefined
}
