import { reasons, type AssetSelection } from "./assets.js"
import { hasSecretName, mayHoldSecret } from "./secrets.js"
import type { Notice } from "../../found.js"

const manyFiles = 2000

/** One for each kind of reason, with the way back. Without sizes, which not every source knows: plans are to be the same. */
export function assetNotices({ kept, groups, leftOut }: AssetSelection): Notice[] {
  // What is embedded is left out where no code reads it from the image: nobody misses it.
  const missed = [...leftOut].filter(([reason]) => reason !== reasons.embedded)
  const notices = missed.map(([reason, files]) => noticeOf(reason, files))
  notices.push(...mayHoldNotices(kept.filter(mayHoldSecret)))
  if (kept.length > manyFiles) {
    const largest = groups
      .toSorted((a, b) => b.files - a.files)
      .slice(0, 3)
      .map(({ path, files }) => `${path} (${files})`)
    const message = `${kept.length} files are in the image, most of them in ${largest.join(", ")}; --drop leaves out what the program does not read`
    notices.push({ file: ".", message })
  }
  return notices
}

const mostInOne = 10

function mayHoldNotices(files: readonly string[]): Notice[] {
  if (files.length <= mostInOne) {
    const message = "is in the image, but its name suggests a secret; --drop leaves it out"
    return files.map((file) => ({ file, message }))
  }
  const [file = ""] = files
  const message = `${files.length} files are in the image, but their names suggest secrets: ${files.slice(0, 3).join(", ")}, …; --drop leaves them out`
  return [{ file, message, files }]
}

function noticeOf(reason: string, files: readonly string[]): Notice {
  const most = 3
  const notice = describe(reason, files, most)
  return files.length > most ? { ...notice, files } : notice
}

/** Whoever keeps a secret gives it to everybody who has the image. */
function wayBack(reason: string, files: readonly string[]): string {
  const one = files.length === 1
  const them = one ? "it" : "them"
  const secrets = files.filter(hasSecretName)
  if (secrets.length === files.length) return `; a container is given ${them} when it starts`
  if (secrets.length > 0) return "; --keep brings in those that are no secret"
  const isNone = reason === reasons.secret ? ` if ${one ? "it is" : "they are"} none` : ""
  return `; --keep brings ${them} in${isNone}`
}

function describe(reason: string, files: readonly string[], most: number): Notice {
  const [file = ""] = files
  const one = files.length === 1
  const count = one ? "1 file" : `${files.length} files`
  const named = `${files.slice(0, most).join(", ")}${files.length > most ? ", …" : ""}`
  const are = `${one ? "is" : "are"} not in the image: ${named}`
  const back = wayBack(reason, files)
  switch (reason) {
    case reasons.secret:
      return { file, message: `${count} that may be a secret ${are}${back}` }
    case reasons.target:
      return { file, message: `${count} of other targets ${are}${back}` }
    case reasons.left:
      return { file, message: `${count} of earlier builds or profiles ${are}${back}` }
    case reasons.editor:
      return { file, message: `${count} of editors or file managers ${are}${back}` }
    case reasons.link:
      return {
        file,
        message: `${one ? "a link that leads" : `${files.length} links that lead`} to nothing inside the source ${are}`,
      }
    default: {
      // Which files Git tracks is not known everywhere that images are built: of an archive, or by an engine.
      const also = reason.endsWith(".gitignore")
        ? `, even if Git tracks ${one ? "it" : "them"}`
        : ""
      const left = `${one ? "is" : "are"} not in the image${also}: ${named}`
      return { file: reason, message: `${count} that it ignores ${left}${back}` }
    }
  }
}
