import type { Account } from "../../../src/explain/account.js"
import { accountPage } from "../../../src/explain/page.js"
import { accountText } from "../../../src/explain/text.js"
import type { Contents } from "../../image/contents/contents.js"
import { imageLines, timeLines } from "./measured-text.js"
import { imageSections, originsOf } from "./image-sections.js"
import type { DoneStep } from "../../engine/engine.js"
import { timeLine } from "./time-line.js"

export const explainFormats = ["text", "json", "html"] as const

export type ExplainFormat = (typeof explainFormats)[number]

/** What was seen besides the plan. */
export interface Measured {
  image?: Contents
  steps?: readonly DoneStep[]
}

export function explainDocument(
  account: Account,
  { image, steps = [] }: Measured,
  format: ExplainFormat,
): string {
  if (format === "text") {
    return [accountText(account), ...(image ? imageLines(image) : []), ...timeLines(steps)].join("")
  }
  if (format === "html") {
    return accountPage(account, [...(image ? imageSections(image) : []), ...timeLine(steps)])
  }
  const measured = { ...(image && { image: imageData(image) }), steps }
  return `${JSON.stringify({ ...account, ...measured }, undefined, 2)}\n`
}

function imageData(image: Contents): object {
  const { digest, size, layers, programs } = image
  const origins = originsOf(image)
  return {
    digest,
    size,
    layers: layers.map((layer, i) => ({ ...layer, of: origins[i] })),
    programs,
  }
}

/** By its name: page.html, account.json, else text. */
export function formatOfFile(file: string): ExplainFormat {
  if (/\.html?$/i.test(file)) return "html"
  return /\.json$/i.test(file) ? "json" : "text"
}
