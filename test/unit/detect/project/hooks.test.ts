import { expect, test } from "vitest"
import { parseHook } from "../../../../src/detect/project/hooks.js"
import { main, planOf, project } from "../../support/project.js"

test.each([
  ["#!/bin/bash\necho\n", ["/bin/bash"]],
  ["#!/usr/bin/env bash\n", ["/usr/bin/env", "bash"]],
  ["#! /bin/sh -eu \n", ["/bin/sh", "-eu"]],
  ["#!/usr/bin/env -S python3 -u\n", ["/usr/bin/env", "-S python3 -u"]],
  ["#!/bin/sh\r\n", ["/bin/sh"]],
  ["#!/bin/sh", ["/bin/sh"]],
  ["echo no shebang\n", ["/bin/sh"]],
  ["\n#!/bin/bash\n", ["/bin/sh"]],
  ["#!\n", ["/bin/sh"]],
  ["", ["/bin/sh"]],
])("a hook that starts with %j is run by %j", (text, interpreter) => {
  expect(parseHook("bin/go-pre-compile", text)).toEqual({ file: "bin/go-pre-compile", interpreter })
})

test("hooks run before and after go build, in the source as a copy, and what they leave is kept", async () => {
  const { stages } = await planOf(
    project({
      "main.go": main,
      "bin/go-pre-compile": "#!/bin/bash\n",
      "bin/go-post-compile": "echo done\n",
    }),
  )
  const [build] = stages
  const steps = build?.steps.map((step) => (step.type === "run" ? shorten(step.args) : step.type))
  // As a user who cannot write what other projects compile from: see project-code.ts.
  const asProject = "/bin/sh /project-code.sh"
  expect(steps?.slice(-8)).toEqual([
    "copy",
    `${asProject} modes /src`,
    `${asProject} run /bin/bash bin/go-pre-compile`,
    "environment",
    "environment",
    // Handed to the hook's user.
    "chown -R 10001:10001 /out: go build",
    `${asProject} run /bin/sh bin/go-post-compile`,
    // Whatever it did.
    "find /out/image -exec touch -h -d @0 {} +: ",
  ])
  const kept = stages
    .find(({ name }) => name === "assets")
    ?.steps.find((step) => step.type === "copy" && step.exclude)
  expect(kept).toMatchObject({ from: { stage: "build" }, path: "/src", to: "/assets/image/app" })
})

/** A script by its last line and what it is given. */
function shorten([program, option, script = "", ...args]: string[]): string {
  // Started by the script that tells which packages took long.
  const command = args.join(" ").replace(/^.*\/slow-packages\.sh (go build) .*/, "$1")
  if (option !== "-c") return [program, option, script, command].filter(Boolean).join(" ")
  return `${script.trimEnd().split("\n").at(-1)}: ${command}`
}

test("without hooks the source is mounted, and not copied into a layer", async () => {
  const { stages } = await planOf(project({ "main.go": main }))
  expect(stages[0]?.steps.filter(({ type }) => type === "copy")).toEqual([])
})
