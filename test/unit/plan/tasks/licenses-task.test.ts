import { spawnSync } from "node:child_process"
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, it } from "vitest"
import { detect, type DetectedProject } from "../../../../src/detect/detect.js"
import { LocalSource } from "../../../../cli/source/local-source.js"
import { licensesTask, type LinkedModule } from "../../../../src/plan/tasks/licenses-task.js"
import type { Task } from "../../../../src/plan/types.js"
import { renderTaskDockerfile } from "../../../../src/render/dockerfile.js"
import {
  linkedModules,
  readLicenses,
  withLicenses,
} from "../../../../src/sbom/licenses/module-licenses.js"
import { temporaryFolder } from "../../cli/temporary.js"
import { someImage } from "../../sbom/some-image.js"

const look = (project: string): Promise<DetectedProject> =>
  detect(new LocalSource(project), { options: {}, environment: {} })

function fileOf({ stages }: Task, name: string): string {
  const steps = stages.flatMap((stage) => stage.steps)
  const found = steps.find((step) => step.type === "file" && step.path.endsWith(name))
  return found?.type === "file" ? found.content : ""
}

const module = (path: string, more: Partial<LinkedModule> = {}): LinkedModule => ({
  ...{ importedAs: path, path, version: "v1.0.0", mainModule: "" },
  ...more,
})

it("modules are in the cache volume, by the names that they have there", async () => {
  const task = licensesTask(await look("examples/shortlinks"), [
    module("github.com/BurntSushi/toml", { version: "v1.4.0-RC1" }),
    // Another module stands in its place, or a folder of the source.
    module("github.com/new/thing", { importedAs: "github.com/old/thing" }),
    module("../lib", { importedAs: "example.com/lib", version: "" }),
    module("example.com/of/a/workspace", { version: "(devel)" }),
  ])
  expect(fileOf(task!, "modules.txt").split("\n")).toEqual([
    "github.com/BurntSushi/toml@v1.4.0-RC1 github.com/!burnt!sushi/toml@v1.4.0-!r!c1",
    "github.com/new/thing@v1.0.0 github.com/new/thing@v1.0.0",
    "- /nowhere",
    "- /nowhere",
    "",
  ])
  // An edit of the source is no reason to do it again.
  expect(renderTaskDockerfile(task!)).not.toMatch(/source=\. |COPY \["\."/)
})

it("where dependencies have a layer, modules come with it", async () => {
  const detected = await detect(new LocalSource("examples/shortlinks"), {
    options: { dependencyLayer: true },
    environment: {},
  })
  const task = licensesTask(detected, [module("github.com/matoous/go-nanoid/v2")])!
  const last = task.stages.at(-1)!
  expect(last.steps.filter(({ type }) => type === "run")).toEqual([])
  expect(task.command.args.slice(0, 3)).toEqual(["/bin/sh", "/use-dependencies.sh", "all"])
  expect(task.command.mounts).toContainEqual(
    expect.objectContaining({ from: { stage: "dependencies" } }),
  )
})

it("those of a vendored project are in vendor/, by the names that they are imported as", async () => {
  const task = licensesTask(await look("examples/idgen"), [
    module("github.com/new/thing", { importedAs: "github.com/old/thing" }),
  ])
  expect(fileOf(task!, "modules.txt")).toBe("- /src/vendor/github.com/old/thing\n")
  expect(renderTaskDockerfile(task!)).toContain("source=vendor,target=/src/vendor")
  // The image's build has compared it with the modules.
  expect(renderTaskDockerfile(task!)).not.toMatch(/vendor-check|RUN .*"go"/)
})

it("nothing is looked for where nothing is linked", async () => {
  expect(licensesTask(await look("examples/hello-web"), [])).toBeUndefined()
})

it("the script takes license files of a module's root, and nothing else", async () => {
  const task = licensesTask(await look("examples/shortlinks"), [module("a")])
  const folder = temporaryFolder()
  const write = (name: string, content: string) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  write("collect.sh", fileOf(task!, "collect.sh"))
  for (const name of ["LICENSE", "Licence.md", "COPYING.LESSER", "UNLICENSE", "MIT-LICENSE.txt"])
    write(`cache/a b@v1/${name}`, name)
  for (const name of ["license.go", "NOTICE", "README.md", "LICENSES/MIT.txt", "sub/LICENSE"])
    write(`cache/a b@v1/${name}`, name)
  // In the layer of the dependencies, another one in the volume.
  write("layer/b@v1/LICENSE", "of the layer")
  write("cache/b@v1/LICENSE", "of the volume")
  write("cache/large@v1/LICENSE", "x".repeat(1_100_000))
  writeFileSync(join(folder, "secret"), "secret")
  symlinkSync(join(folder, "secret"), join(folder, "cache/large@v1/LICENSE.link"))
  // Stands in for the go command: the module comes from elsewhere.
  write(
    "bin/go",
    `#!/bin/sh\n[ "$*" = "mod download gone@v1" ] || exit 9\ncat >/dev/null\nmkdir -p '${folder}/cache/gone@v1'\necho gone >'${folder}/cache/gone@v1/LICENSE'\n`,
  )
  chmodSync(join(folder, "bin/go"), 0o755)
  const lines = ["a@v1 a b@v1", "gone@v1 gone@v1", "- /nowhere", "l@v1 large@v1", "b@v1 b@v1"]
  write("modules.txt", `${lines.join("\n")}\n`)
  const run = (list: string, to: string) =>
    spawnSync("sh", ["collect.sh", list, to, join(folder, "cache")], {
      cwd: folder,
      env: {
        ...process.env,
        GOMODCACHE: `${folder}/layer`,
        PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      },
      encoding: "utf8",
    })
  expect(run("modules.txt", "report")).toMatchObject({ status: 0, stderr: "" })
  const found = spawnSync("find", ["report", "-type", "f", "-size", "-1000000c"], {
    cwd: folder,
    encoding: "utf8",
  })
  expect(found.stdout.trim().split("\n").sort()).toEqual([
    "report/0/COPYING.LESSER",
    "report/0/LICENSE",
    "report/0/Licence.md",
    "report/0/MIT-LICENSE.txt",
    "report/0/UNLICENSE",
    "report/1/LICENSE",
    "report/4/LICENSE",
  ])
  expect(readFileSync(join(folder, "report/4/LICENSE"), "utf8")).toBe("of the layer")
  expect(readFileSync(join(folder, "report/3/LICENSE"))).toHaveLength(1_000_000)
  // What cannot be downloaded is told, and is no empty answer.
  write("other.txt", "lost@v1 cache/lost@v1\n")
  expect(run("other.txt", "other").status).toBe(9)
})

const binaries = ["/app/bin/api"].map((installed) => ({
  ...{ name: "api", package: ".", importPath: "", module: "", built: "" },
  installed,
}))

it("only programs of the project are looked at, and each module once", () => {
  const modules = linkedModules(someImage(["linux/amd64", "linux/arm64"]), binaries)
  expect(modules).toEqual([
    module("github.com/BurntSushi/toml", { version: "v1.4.0" }),
    module("/home/jo/lib", { importedAs: "example.com/lib", version: "" }),
    module("github.com/new/thing", { importedAs: "github.com/old/thing", version: "v1.1.0" }),
  ])
  expect(linkedModules(someImage(), [])).toEqual([])
})

it("what is found belongs to the module that was compiled", () => {
  const modules = linkedModules(someImage(), binaries)
  const folder = temporaryFolder()
  for (const [index, text] of ["MPL-2.0", "MIT", "ISC"].entries()) {
    mkdirSync(join(folder, String(index)))
    writeFileSync(join(folder, String(index), "LICENSE"), `SPDX-License-Identifier: ${text}\n`)
  }
  const facts = withLicenses(someImage(), readLicenses(folder, modules))
  const [program] = facts.images[0]!.programs
  expect(program!.modules.map(({ path, license }) => [path, license])).toEqual([
    ["github.com/BurntSushi/toml", "MPL-2.0"],
    ["example.com/lib", "MIT"],
    ["github.com/old/thing", "ISC"],
  ])
})
