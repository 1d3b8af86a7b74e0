import { expect, it } from "vitest"
import { requestsOf } from "../../../../../cli/commands/build/targets.js"
import { MemorySource } from "../../../support/memory-source.js"
import { parseArguments } from "../../../../../cli/command-line/build-command.js"

const table = (name: string) => `[[go-image.targets]]\nname = "${name}"\n`
const source = new MemorySource({ "project.toml": table("api") + table("worker") })
const names = async (...targets: string[]) => {
  const asked = targets.flatMap((each) => ["--target", each])
  const request = parseArguments([".", ...asked, "--plan"], {})
  return (await requestsOf(request, source, undefined)).map(({ target }) => target)
}

it("each target that is named is one request, and all are all of project.toml's", async () => {
  expect(await names()).toEqual([undefined])
  expect(await names("worker", "api", "worker")).toEqual(["worker", "api"])
  expect(await names("all")).toEqual(["api", "worker"])
})

it("a name that project.toml does not have is refused before the first is built", async () => {
  await expect(names("api", "web")).rejects.toThrow(
    'no target "web" (--target)\nproject.toml has: api, worker',
  )
})
