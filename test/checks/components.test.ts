import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { parse, parseAllDocuments } from "yaml"
import { version } from "../../src/version.js"
import { action } from "../ci/action.js"
import { all, parseJenkinsfile } from "../ci/jenkinsfile.js"
import { readSchema, violations } from "../ci/schemas.js"
import { Runner } from "../ci/stand-ins.js"
import { components, readInputs } from "../readme/components.js"

/* Each component as its provider runs it: inputs become variables of a shell, and that starts what is recorded. */

type Values = Readonly<Record<string, string>>

interface Played {
  script: string
  environment: Record<string, string>
}

interface Component {
  name: string
  path: string
  shell: string[]
  play: (file: string, values: Values) => Played | Promise<Played>
}

/** As providers do it: of an input that is not given, its default; one that is unknown is an error. */
function interpolate(text: string, pattern: RegExp, values: Values): string {
  return text.replace(pattern, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`no input of that name: ${name}`)
    return value
  })
}

function withDefaults(inputs: Record<string, { default: string }>, values: Values): Values {
  const defaults = Object.entries(inputs).map(([name, input]) => [name, input.default])
  return { ...(Object.fromEntries(defaults) as Values), ...values }
}

const gitLabVariables: Values = {
  CI_REGISTRY_IMAGE: "registry.example.com/team/app",
  CI_COMMIT_SHA: "4f2d0c1b",
  CI_REGISTRY_USER: "robot",
  CI_REGISTRY_PASSWORD: "not-a-real-secret",
}

interface GitLabJob {
  variables: Record<string, string>
  before_script: string[]
  script: string[]
}

function gitLabJob(file: string, values: Values): Record<string, GitLabJob> {
  const [header, body] = parseAllDocuments(file).map((each) => each.toJS() as unknown)
  const { inputs } = (header as { spec: { inputs: Record<string, { default: string }> } }).spec
  const given = withDefaults(inputs, values)
  // In keys and values, not in the text of the file.
  const fill = (value: unknown): unknown => {
    if (typeof value === "string") return interpolate(value, /\$\[\[ inputs\.([\w-]+) \]\]/g, given)
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== "object" || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [fill(key) as string, fill(each)]),
    )
  }
  return fill(body) as Record<string, GitLabJob>
}

interface Orb {
  commands: Record<
    string,
    {
      parameters: Record<string, { default: string }>
      steps: { run: { environment: Record<string, string>; command: string } }[]
    }
  >
}

const list: Component[] = [
  {
    name: "GitLab",
    path: "templates/go-image.yml",
    shell: ["sh", "-e"],
    play(file, values) {
      const { "go-image": job } = gitLabJob(file, values)
      const { variables, before_script, script } = job!
      const environment = Object.entries(variables).map(([name, value]) => [
        name,
        value.replace(/\$(CI_\w+)/g, (_, variable: string) => gitLabVariables[variable] ?? ""),
      ])
      return {
        script: [...before_script, ...script].join("\n"),
        environment: Object.fromEntries(environment) as Record<string, string>,
      }
    },
  },
  {
    name: "CircleCI",
    path: "components/circleci/orb.yml",
    shell: ["bash", "-eo", "pipefail"],
    play(file, values) {
      const { parameters, steps } = (parse(file) as Orb).commands["build"]!
      const { environment, command } = steps[0]!.run
      // There, this begins a parameter wherever it stands.
      expect(command).not.toContain("<<")
      const given = withDefaults(parameters, values)
      const pattern = /<< parameters\.([\w-]+) >>/g
      const filled = Object.entries(environment).map(([name, value]) => [
        name,
        interpolate(value, pattern, given),
      ])
      return { script: command, environment: Object.fromEntries(filled) as Record<string, string> }
    },
  },
  {
    name: "Jenkins",
    path: "components/jenkins/vars/goImage.groovy",
    shell: ["sh", "-xe"],
    async play(file, values) {
      expect(all(await parseJenkinsfile(file)).length).toBeGreaterThan(0)
      const [, script = ""] = /sh '''(.*)'''/s.exec(file) ?? []
      const assignments = file.matchAll(/"(\w+)=\$\{read\(inputs, '([\w-]+)', '([^']*)'\)\}"/g)
      const filled = [...assignments].map(([, variable = "", name = "", otherwise = ""]) => [
        variable,
        values[name] ?? otherwise,
      ])
      return {
        script: script.replaceAll("\\\\", "\\"),
        environment: Object.fromEntries(filled) as Record<string, string>,
      }
    },
  },
  {
    name: "Woodpecker",
    path: "components/woodpecker/plugin.sh",
    shell: ["sh"],
    play(file, values) {
      // A list of the pipeline comes with commas in between.
      const filled = Object.entries(values).map(([name, value]) => [
        `PLUGIN_${name.toUpperCase()}`,
        value.replaceAll("\n", ","),
      ])
      return { script: file, environment: Object.fromEntries(filled) as Record<string, string> }
    },
  },
]

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-component-"))
})
afterEach(() => rmSync(folder, { recursive: true }))

it("the committed files are what action.yml and script/action give", () => {
  for (const { path, text } of components()) {
    expect(readFileSync(path, "utf8"), `${path}: bash script/readme writes it anew`).toBe(text)
  }
  // Every input of the action is one of theirs.
  expect(readInputs().map(({ name }) => name)).toEqual(Object.keys(action.inputs))
})

describe.each(list)("the component for $name", ({ path, shell, play }) => {
  const file = readFileSync(path, "utf8")

  async function run(values: Values, checkStatus = 0) {
    const { script, environment } = await play(file, values)
    return new Runner(folder, checkStatus).run(shell, script, environment)
  }

  const go = (...options: string[]) => ["npx", "--yes", `go-image@${version}`, ...options]
  const ofGitLab = path.startsWith("templates/")
  const login = ["docker", "login", "registry.example.com", "--username", "robot"]
  const calls = (found: { program: string; arguments: string[] }[]) =>
    found
      .map((call) => [call.program, ...call.arguments])
      .filter(([program]) => program !== "docker")

  it("checks, then builds and pushes, with all of its inputs", async () => {
    const given: Values = {
      source: "services/shop",
      tags: "registry.example.com/team/app:v1\nregistry.example.com/team/app:latest",
      push: "true",
      platforms: "linux/amd64",
      target: "api",
      checks: "test vet",
      cache: "registry.example.com/team/app:cache",
      options: "--runtime=scratch\n--label=note=a b; $(touch not-run) *",
    }
    const { code, output, calls: found } = await run(given)
    expect(code, output).toBe(0)
    const more = ["--runtime=scratch", "--label=note=a b; $(touch not-run) *", "--target=api"]
    expect(calls(found)).toEqual([
      go(
        ...["services/shop", "--check=test", "--check=vet"],
        ...["--cache-image=registry.example.com/team/app:cache", ...more],
      ),
      go(
        ...["services/shop", "--tag=registry.example.com/team/app:v1"],
        ...["--tag=registry.example.com/team/app:latest", "--platform=linux/amd64", "--push"],
        ...["--cache-image=registry.example.com/team/app:cache", ...more],
      ),
    ])
    if (ofGitLab) {
      expect(found[0]).toMatchObject({
        arguments: [...login.slice(1), "--password-stdin"],
        input: "not-a-real-secret",
      })
    }
    expect(output).not.toContain("not-run: ")
  })

  it("checks all modules where all targets are built: a test can fail that is in no image", async () => {
    const { code, output, calls: found } = await run({ target: "all", checks: "test" })
    expect(code, output).toBe(0)
    const [check, image] = calls(found)
    expect(check).toContain("--check=test")
    expect(check).not.toContain("--target=all")
    expect(image).toContain("--target=all")
  })

  it("builds the folder that it is in, and nothing else, where no input is given", async () => {
    const { code, output, calls: found } = await run({})
    expect(code, output).toBe(0)
    const image = "registry.example.com/team/app"
    const defaults = [`--tag=${image}:4f2d0c1b`, `--cache-from=${image}:cache`]
    expect(calls(found)).toEqual([go(".", ...(ofGitLab ? defaults : []))])
  })

  it("builds nothing when a check fails", async () => {
    const { code, calls: found } = await run({ checks: "test", push: "true" }, 1)
    expect(code).not.toBe(0)
    expect(found.flatMap((call) => call.arguments)).not.toContain("--push")
  })

  it("refuses what is neither true nor false", async () => {
    const { code, output, calls: found } = await run({ push: "yes" })
    expect(code).toBe(2)
    expect(output).toContain("go-image: the input push is true or false")
    expect(calls(found)).toEqual([])
  })
})

describe("its provider's schema describes", () => {
  it("GitLab's job", () => {
    const file = readFileSync("templates/go-image.yml", "utf8")
    const check = (text: string) => violations(readSchema("gitLab"), gitLabJob(text, {}))
    expect(check(file)).toEqual([])
    expect(check(file.replace("services:", "service:"))).not.toEqual([])
  })

  // The published schema is of a pipeline alone. https://docs.gitlab.com/ci/inputs/#define-input-parameters-with-specinputs
  it("GitLab's header has what an input may have", () => {
    const [header] = parseAllDocuments(readFileSync("templates/go-image.yml", "utf8"))
    const { spec, ...others } = header!.toJS() as { spec: { inputs: Record<string, object> } }
    expect(others).toEqual({})
    for (const [name, input] of Object.entries(spec.inputs)) {
      expect(Object.keys(input), name).toEqual(["description", "default"])
      expect(Object.values(input).map((each) => typeof each)).toEqual(["string", "string"])
    }
  })

  it("CircleCI's orb, whose parts are those of a configuration", () => {
    const file = readFileSync("components/circleci/orb.yml", "utf8")
    const check = (text: string) => {
      const { display, description, ...parts } = parse(text) as Record<string, unknown>
      expect([typeof display, typeof description]).toEqual(["object", "string"])
      return violations(readSchema("circleCI"), { ...parts, workflows: {} })
    }
    expect(check(file)).toEqual([])
    expect(check(file.replace("steps:", "step:"))).not.toEqual([])
  })
})
