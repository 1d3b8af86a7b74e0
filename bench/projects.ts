import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { run } from "../cli/system/command.js"
import { benchFolder } from "./folders.js"
import { addedImports, largeImports, middleImports, type Import } from "./modules.js"
import { copyFolder, importFile, write, writeEditable, writeService } from "./sources.js"

export const projectNames = ["hello-web", "middle", "large"] as const
export type ProjectName = (typeof projectNames)[number]

/** `plain`: one program at the root. `vendored`: the same with vendor/. `commands`: four programs under cmd/. */
export const variants = ["plain", "vendored", "commands"] as const
export type Variant = (typeof variants)[number]

export const commands = ["api", "worker", "cron", "admin"]

/** A project that was made, with all of its variants and with the states of its go.mod as dependencies are added. */
export interface Project {
  name: ProjectName
  folder: string
}

const recipes: Record<ProjectName, readonly Import[]> = {
  "hello-web": [],
  middle: middleImports,
  large: largeImports,
}

/** Makes a project from its recipe, or takes it from the cache: `go mod tidy` asks the module proxy for a lot. */
export async function makeProject(name: ProjectName, root: string): Promise<Project> {
  const parts = [recipes[name], addedImports, commands]
  const files = ["bench/sources.ts", "bench/projects.ts"].map((file) => join(root, file))
  const text = JSON.stringify(parts) + files.map((file) => readFileSync(file, "utf8")).join("")
  const key = createHash("sha256").update(text).digest("hex").slice(0, 12)
  const folder = join(benchFolder(), "projects", `${name}-${key}`)
  if (existsSync(folder)) return { name, folder }
  const made = `${folder}.new`
  rmSync(made, { recursive: true, force: true })
  mkdirSync(made, { recursive: true })
  await makeVariants(name, root, made)
  renameSync(made, folder)
  return { name, folder }
}

async function makeVariants(name: ProjectName, root: string, folder: string): Promise<void> {
  const module = `example.com/${name}`
  const imports = recipes[name]
  const [plain, vendored, several] = variants.map((variant) => join(folder, variant)) as [
    string,
    string,
    string,
  ]
  if (name === "hello-web") copyFolder(join(root, "examples/hello-web"), plain)
  else {
    writeService(plain, ".", imports)
    await startModule(plain, module, imports)
  }
  writeEditable(plain, module, ".")
  // Depot's Dockerfile copies it by name, even where there is nothing to sum up.
  if (!existsSync(join(plain, "go.sum"))) write(join(plain, "go.sum"), "")

  copyFolder(plain, vendored)
  await go(vendored, "mod", "vendor")

  for (const command of commands) {
    writeService(several, `cmd/${command}`, imports)
    writeEditable(several, module, `cmd/${command}`)
  }
  for (const file of ["go.mod", "go.sum"]) {
    write(join(several, file), readFileSync(join(plain, file), "utf8"))
  }
  await makeAdditions(plain, folder)
}

async function startModule(folder: string, module: string, imports: readonly Import[]) {
  write(join(folder, "go.mod"), `module ${module}\n\ngo 1.25.0\n`)
  await go(folder, "get", ...new Set(imports.map((each) => each.module)))
  await go(folder, "mod", "tidy")
}

/** `added/1` has the first dependency, `added/2` the first two, and so on. */
async function makeAdditions(plain: string, folder: string): Promise<void> {
  const work = join(folder, "work")
  copyFolder(plain, work)
  for (const [index, added] of addedImports.entries()) {
    const file = `bench_added_${index + 1}.go`
    await go(work, "get", added.module)
    write(join(work, file), importFile(added))
    await go(work, "mod", "tidy")
    for (const name of ["go.mod", "go.sum", file]) {
      const content = readFileSync(join(work, name), "utf8")
      write(join(folder, "added", String(index + 1), name), content)
    }
  }
  rmSync(work, { recursive: true })
}

/** The host's own module cache is used: this is not measured. */
function go(folder: string, ...args: string[]): Promise<string> {
  return run(["go", ...args], { cwd: folder, env: { GOFLAGS: "", GOWORK: "off" } })
}
