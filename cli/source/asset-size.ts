import { countFiles, formatBytes } from "../terminal/format-bytes.js"
import { assetPatterns } from "../../src/detect/assets/assets.js"
import type { Facts } from "../../src/detect/facts.js"
import { startOf } from "../../src/detect/modules/modules.js"
import { matchPatterns } from "../../src/patterns/patterns.js"
import type { Settings } from "../../src/settings/resolve.js"
import type { LocalSource } from "./local-source.js"

/** How much of the project itself is in the image, for whoever wonders what makes it large; undefined where nothing is. */
export async function measureAssets(
  source: LocalSource,
  { sourceExclude, assetRoot, assetExclude, brokenLinks }: Facts,
  settings: Settings,
): Promise<string | undefined> {
  const { files } = await source.survey()
  const isExcluded = matchPatterns(sourceExclude)
  const isLeftOut = matchPatterns([...assetPatterns(settings, assetExclude), ...brokenLinks])
  const start = startOf(assetRoot)
  const kept = files.filter(
    (file) => file.startsWith(start) && !isExcluded(file) && !isLeftOut(file.slice(start.length)),
  )
  if (kept.length === 0) return undefined
  const sizes = new Map<string, number>()
  let bytes = 0
  for (const file of kept) {
    const size = source.sizeOf(file)
    const [entry = ""] = file.slice(start.length).split("/")
    sizes.set(entry, (sizes.get(entry) ?? 0) + size)
    bytes += size
  }
  const total = `${countFiles(kept.length)}, ${formatBytes(bytes)}`
  if (bytes < manyBytes) return total
  const largest = [...sizes].sort(([, a], [, b]) => b - a).slice(0, 3)
  const most = largest.map(([entry, size]) => `${entry} (${formatBytes(size)})`).join(", ")
  return `${total}, most of it in ${most}; --drop leaves out what the program does not read`
}

const manyBytes = 50_000_000
