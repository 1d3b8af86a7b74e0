import { posix } from "node:path"
import { readGitignores } from "./gitignore.js"
import { inFolder, startOf } from "../modules/modules.js"
import { fromRoot, isPattern, matchPatterns } from "../../patterns/patterns.js"
import type { Above } from "../source.js"
import type { Notice } from "../../found.js"

/** Files that say what does not belong into an image. They never hide anything from the compiler. */
export function isIgnoreFile(path: string): boolean {
  return (
    /(?:^|\/)\.(?:docker|git)ignore$/.test(path) && !/(?:^|\/)(?:vendor|node_modules)\//.test(path)
  )
}

/**
 * The .gitignore files of the source and above it, and the .dockerignore files at its root and in the folder of the assets:
 * what a .dockerignore says is about a build of the folder that it is in.
 *
 * @returns The path of the file that has a path ignored; a folder's path ends in a slash.
 */
export function readIgnoreFiles(
  contents: ReadonlyMap<string, string>,
  assetRoot: string,
  notices: Notice[],
  above: Above | undefined,
): (path: string) => string | undefined {
  const ofDocker = [...new Set(["", assetRoot])].flatMap((folder) => {
    const file = inFolder(folder, ".dockerignore")
    const text = contents.get(file)
    if (text === undefined) return []
    return {
      file,
      start: startOf(folder),
      isExcluded: matchPatterns(readDockerignore(text, file, notices)),
    }
  })
  const ofGit = ofGitignores(
    new Map([...contents].filter(([path]) => path.endsWith(".gitignore"))),
    above,
  )
  return (path) => {
    const plain = path.endsWith("/") ? path.slice(0, -1) : path
    const found = ofDocker.find(
      ({ start, isExcluded }) => plain.startsWith(start) && isExcluded(plain.slice(start.length)),
    )
    return found?.file ?? ofGit(path)
  }
}

function ofGitignores(
  own: ReadonlyMap<string, string>,
  above: Above | undefined,
): (path: string) => string | undefined {
  if (!above) return readGitignores(own)
  const start = startOf(above.folder)
  const inWorkTree = [...own].map(([path, text]) => [start + path, text] as const)
  const ofWorkTree = readGitignores(new Map([...above.gitignores, ...inWorkTree]))
  // Who builds a folder that is ignored itself, such as one below ~ with `*` in it, does not mean an image without files.
  if (ofWorkTree(start) !== undefined) return readGitignores(own)
  return (path) => {
    const found = ofWorkTree(start + path)
    return found === undefined ? undefined : posix.relative(above.folder, found)
  }
}

/** As moby/patternmatcher/ignorefile reads it. */
export function readDockerignore(text: string, file: string, notices: Notice[]): string[] {
  return text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap((line, index) => {
      if (line.startsWith("#") || line.trim() === "") return []
      const [, exception = "", rest = ""] = /^(!?)(.*)$/s.exec(line.trim()) ?? []
      const pattern = rest.trim()
      if (pattern === "" || pattern === "." || pattern === "./") return []
      if (isPattern(pattern)) return [fromRoot(exception + pattern)]
      const message = `skipped, not a pattern of files: ${JSON.stringify(line.trim())}`
      notices.push({ file, line: index + 1, message })
      return []
    })
}
