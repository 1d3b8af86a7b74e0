import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** What esbuild's --metafile says of what went into the bundles. */
export interface Metafile {
  inputs: Record<string, unknown>
}

/** The libraries that are in the bundles, each with its license, which asks for that. */
export function thirdPartyLicenses(root: string, { inputs }: Metafile): string {
  const names = Object.keys(inputs).flatMap((input) => {
    const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)
    return found ? [found[0]] : []
  })
  const folders = [...new Set(names)].sort()
  return folders.map((folder) => licenseOf(join(root, folder))).join(`\n${"-".repeat(80)}\n\n`)
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as { name: string; version: string; license?: string }
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim())
  return `${name} ${version} (${license ?? "see below"})\n\n${texts.join("\n\n")}\n`
}
