import { existsSync, readFileSync } from "node:fs"
import { isBuiltin } from "node:module"
import { build } from "esbuild"
import { expect, it } from "vitest"

/** What the Dagger module loads of the command line's code has to come with it: the rest is left out of what is uploaded. */

const { inputs } = (
  await build({
    entryPoints: ["cli/dagger/main.ts"],
    bundle: true,
    platform: "node",
    packages: "external",
    metafile: true,
    write: false,
  })
).metafile
const excluded = (text: string) =>
  [...text.matchAll(/"!([^"]+)"/g)].map(([, folder = ""]) => `${folder}/`)

it.each(["dagger.json", "dagger-module.toml"])("%s includes it", (file) => {
  const folders = excluded(readFileSync(file, "utf8"))
  expect(folders).toContain("test/")
  const missing = Object.keys(inputs).filter((path) =>
    folders.some((folder) => path.startsWith(folder)),
  )
  expect(missing).toEqual([])
  // A folder that has moved would be uploaded again.
  const everywhere = ["node_modules/", "__dagger.entrypoint.ts/", "package-lock.json/"]
  expect(folders.filter((folder) => !everywhere.includes(folder) && !existsSync(folder))).toEqual(
    [],
  )
})

it("its packages are those of a module without devDependencies", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Record<string, string>
  }
  const used = Object.values(inputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path }) => external && !isBuiltin(path))
    .map(({ path }) =>
      path
        .split("/")
        .slice(0, path.startsWith("@") ? 2 : 1)
        .join("/"),
    )
  expect([...new Set(used)].filter((path) => !Object.hasOwn(dependencies, path))).toEqual([])
})
