import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { runInNewContext } from "node:vm"

import { parse } from "yaml"
import { root, run } from "../e2e/command.js"

interface Action {
  inputs: Record<string, { default?: string }>
  outputs: Record<string, { value: string }>
  runs: { steps: Step[] }
}

interface Step {
  id?: string
  if?: string
  uses?: string
  with?: { script: string }
  run?: string
  env?: Record<string, string>
}

export const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action

/** Plays GitHub's part for a step that uses action.yml, with a repository that is checked out. */
export async function useAction(
  workspace: string,
  inputs: Readonly<Record<string, string | boolean>>,
  variables: Record<string, string> = {},
) {
  const { run: script = "", env: given = {} } = action.runs.steps.find(({ run }) => run)!
  const values: Record<string, string> = { "github.action_path": root }
  for (const [name, { default: otherwise = "" }] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = String(inputs[name] ?? otherwise)
  }
  for (const step of action.runs.steps) Object.assign(values, outputsOf(step, inputs, variables))
  const evaluate = (text: string) =>
    text.replace(/\$\{\{ (\S+) \}\}/g, (_, name: string) => values[name] ?? "")
  const folder = mkdtempSync(join(tmpdir(), "go-image-action-"))
  const files = Object.fromEntries(
    ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"].map((name) => [name, join(folder, name)]),
  )
  for (const file of Object.values(files)) writeFileSync(file, "")
  const { code, stdout, stderr } = await run(["bash", "-e", "-o", "pipefail", "-c", script], {
    cwd: workspace,
    env: {
      ...withoutActions(variables),
      ...files,
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: workspace,
      ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, evaluate(value)])),
    },
  })
  const read = (name: string) => readFileSync(files[name]!, "utf8")
  const found = { output: read("GITHUB_OUTPUT"), summary: read("GITHUB_STEP_SUMMARY") }
  rmSync(folder, { recursive: true })
  return { code, log: stdout + stderr, ...found }
}

/** What GitHub gives to actions alone, a script does not have. */
function withoutActions(variables: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !/^ACTIONS_/.test(name)))
}

/** What a step with actions/github-script puts out, which has the variables that GitHub gives to actions. */
function outputsOf(
  { id = "", if: condition, with: given }: Step,
  { cache = "" }: Readonly<Record<string, string | boolean>>,
  variables: Record<string, string>,
): Record<string, string> {
  if (!given || (condition === "inputs.cache == ''" && cache !== "")) return {}
  const outputs: Record<string, string> = {}
  const core = {
    setSecret: () => undefined,
    setOutput: (name: string, value: string) => {
      outputs[`steps.${id}.outputs.${name}`] = value
    },
  }
  runInNewContext(given.script, { core, process: { env: variables } })
  return outputs
}
