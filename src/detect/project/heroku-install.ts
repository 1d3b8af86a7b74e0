import type { Settings } from "../../settings/resolve.js"
import type { GoMod } from "../modules/go-mod.js"
import type { Found } from "../../found.js"
import type { Notice } from "../../found.js"

/** What `// +heroku install` asks for: these are words for `go install`, which takes more than packages. */
export interface HerokuInstall {
  packages?: Found<string[]>
  buildTags?: Settings["buildTags"]
  notices: Notice[]
}

/** `-tags 'a b' github.com/other/module/cmd/tool .` is tags, a tool of another module, and the main package. */
export function readHerokuInstall(goMod: GoMod): HerokuInstall {
  const { herokuInstall, module } = goMod
  if (!herokuInstall) return { buildTags: herokuTag(goMod), notices: [] }
  const { value, file, line } = herokuInstall
  const notices: Notice[] = []
  const packages: string[] = []
  const tags: string[] = []
  const words = [...value]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const [, name, text] = /^--?(\w+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === "tags") {
      tags.push(...(text ?? words.shift() ?? "").split(/[\s,]+/).filter(Boolean))
    } else if (word.startsWith("-")) {
      notices.push({ file, line, message: `the flag ${word} is skipped` })
    } else if (isElsewhere(word, module.value)) {
      if (!migrateCommand.test(word)) {
        notices.push({ file, line, message: `not built, it is in another module: ${word}` })
      }
    } else {
      packages.push(word)
    }
  }
  return {
    packages: packages.length > 0 ? { value: packages, file, line } : undefined,
    // The go command takes the last -tags, and Heroku's own come first.
    buildTags: tags.length > 0 ? { value: tags, from: `${file}:${line}` } : herokuTag(goMod),
    notices,
  }
}

/**
 * Heroku builds everything with its own tag. A project that has its comments in go.mod may have files for it.
 * https://github.com/heroku/heroku-buildpack-go
 */
function herokuTag({ herokuGoVersion, herokuInstall }: GoMod): Settings["buildTags"] {
  const comment = herokuGoVersion ?? herokuInstall
  return comment && { value: ["heroku"], from: `${comment.file}:${comment.line}` }
}

/** Built by itself where go.mod requires it: see migrate.ts. */
const migrateCommand = /(?:^|\/)github\.com\/golang-migrate\/migrate(?:\/v\d+)?(?:\/cmd\/migrate)?$/

/** The path of another module starts with a host's name, which has a dot in it. */
function isElsewhere(word: string, module: string): boolean {
  if (word.startsWith("./vendor/")) return true
  return /^[^./][^/]*\./.test(word) && word !== module && !word.startsWith(`${module}/`)
}
