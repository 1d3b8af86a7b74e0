import { expect, it } from "vitest"
import { noteWithoutTarget } from "../../../../../cli/commands/build/without-target.js"
import { detect } from "../../../../../src/detect/detect.js"
import { findTargetFolders } from "../../../../../src/detect/project/descriptor.js"
import { MemorySource } from "../../../support/memory-source.js"

const main = "package main\n\nfunc main() { println() }\n"
const target = (name: string, path: string) =>
  `[[go-image.targets]]\nname = "${name}"\npackages = ["${path}"]\n`

it.each<[string, string, RegExp | undefined]>([
  ["of all programs", target("web", "./services/web") + target("new", "./services/new"), undefined],
  ["of all in a folder", target("all-of-it", "./services/..."), undefined],
  ["of a folder that a program is in", target("web", "./services"), undefined],
  ["of one of two", target("web", "./services/web"), /are not built: \.\/services\/new; /],
])("targets %s", async (_, toml, expected) => {
  const source = new MemorySource({
    "go.work": "go 1.25\n\nuse (\n\t./services/web\n\t./services/new\n)\n",
    "services/web/go.mod": "module example.com/web\n\ngo 1.25\n",
    "services/web/main.go": main,
    "services/new/go.mod": "module example.com/new\n\ngo 1.25\n",
    "services/new/main.go": main,
    // Of the tools of a repository, nobody wants an image.
    "services/new/tools/gen/main.go": main,
    "project.toml": toml,
  })
  const { facts } = await detect(source, {
    options: { packages: ["./services/web"] },
    environment: {},
  })
  const note = noteWithoutTarget(facts, await findTargetFolders(source))
  if (expected) expect(note).toMatch(expected)
  else expect(note).toBeUndefined()
})
