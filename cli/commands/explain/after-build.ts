import { accountOf } from "../../../src/explain/account.js"
import type { Plan } from "../../../src/plan/types.js"
import { readContents, type Contents } from "../../image/contents/contents.js"
import { openImage } from "../../image/contents/open-image.js"
import { explainDocument, formatOfFile } from "./document.js"
import type { DoneStep } from "../../engine/engine.js"

/*
 * A bundle of its own, which a build loads only where it is asked for.
 */

/** @param image A file, or a reference with its digest; undefined where the image cannot be read from here. */
export async function documentAfterBuild(
  file: string,
  plan: Plan,
  steps: readonly DoneStep[],
  image?: string,
): Promise<string> {
  const contents: Contents | undefined =
    image === undefined ? undefined : await readContents(await openImage(image), plan.platform)
  return explainDocument(accountOf(plan), { image: contents, steps }, formatOfFile(file))
}
