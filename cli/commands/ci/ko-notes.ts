import { listSome } from "../../../src/list.js"
import { koLines, mayRunKo } from "../import/ko/lines.js"
import type { Repository } from "./repository.js"

/** A repository that makes its images with ko already: two pipelines would push the same ones. */
export function koNotes({ files, read }: Pick<Repository, "files" | "read">): string[] {
  const lines = files.filter(mayRunKo).flatMap((file) => koLines(read(file) ?? "", file))
  if (lines.length === 0) return []
  const places = lines.map(({ file, line, command }) => `${file}:${line} (${command})`)
  return [
    `ko makes images here: ${listSome(places, 3)}; remove that where this pipeline takes its place`,
  ]
}
