import { expect, it } from "vitest"
import { readTable } from "../../reference/table.js"
import { factsOf, mains } from "../../support/project.js"

const tree = [".", "./a", "./a/b", "./a/b/c", "./ab", "./b", "./c/a/b", "./x.y"]
const rows = readTable<{ ignore: string[]; matches: string[]; refused?: string }>("ignored-folders")

it.each(rows.map((row) => [row.ignore.join(", "), row] as const))(
  "ignore %s leaves to ./... what the go command finds",
  async (_, { ignore, matches, refused }) => {
    expect(refused).toBeUndefined()
    const directives = ignore.map((folder) => `ignore ${folder}\n`).join("")
    const { programs } = await factsOf({
      ...mains(...tree),
      "go.mod": `module example.com/shop\n\ngo 1.25\n\n${directives}`,
    })
    const { mainPackages, hiddenPackages = [] } = programs
    expect(mainPackages.map(({ path }) => path)).toEqual(matches)
    // What is ignored can still be asked for.
    const all = [...mainPackages, ...hiddenPackages].map(({ path }) => path)
    expect(all.sort()).toEqual(tree)
  },
)

it("takes one folder", async () => {
  const files = { ...mains("."), "go.mod": "module a\n\nignore ./a ./b\n" }
  await expect(factsOf(files)).rejects.toThrow("go.mod:3:1: ignore takes one folder")
})
