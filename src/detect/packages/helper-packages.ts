/** Names of folders that hold commands for those who work on a project, not what it is deployed for. */
const helperFolders = new Set(
  (
    "tools tool internal-tools build-tools hack script scripts example examples sample samples demo demos doc docs " +
    "test tests testing e2e integration benchmark benchmarks bench contrib ci codegen generate generator generators gen"
  ).split(" "),
)

/**
 * Whether a main package is a helper by its folder. Below `cmd/` a command's own name says nothing (`cmd/docs` may well be
 * what the project is), the folders around it do (`cmd/tools/gen`).
 */
export function isHelper(path: string): boolean {
  const folders = path.split("/").slice(1)
  const cmd = folders.indexOf("cmd")
  const named = cmd < 0 ? folders : [...folders.slice(0, cmd), ...folders.slice(cmd + 1, -1)]
  return named.some((folder) => helperFolders.has(folder.toLowerCase()))
}
