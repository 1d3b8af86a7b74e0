import { lstatSync } from "node:fs"
import { join } from "node:path"
import { assetPatterns } from "../src/detect/assets.js"
import type { Facts } from "../src/detect/facts.js"
import { matchPatterns } from "../src/detect/patterns.js"
import type { Settings } from "../src/settings/resolve.js"
import type { LocalSource } from "./local-source.js"

/** How much of the project itself is in the image, for whoever wonders what makes it large; undefined where nothing is. */
export async function measureKeptFiles(
  source: LocalSource,
  { sourceExclude }: Facts,
  settings: Settings,
): Promise<string | undefined> {
  const { files } = await source.survey()
  const isExcluded = matchPatterns(sourceExclude)
  const isLeftOut = matchPatterns(assetPatterns(settings))
  const kept = files.filter((file) => !isExcluded(file) && !isLeftOut(file))
  if (kept.length === 0) return undefined
  const bytes = kept.reduce((sum, file) => sum + lstatSync(join(source.folder, file)).size, 0)
  return `${kept.length} ${kept.length === 1 ? "file" : "files"}, ${formatBytes(bytes)}`
}

function formatBytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
