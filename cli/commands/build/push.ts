import { UserError } from "../../../src/errors.js"
import { TemporaryFailure } from "../../errors.js"
import { NotDelivered } from "../../engine/engine.js"
import { groupBy } from "../../../src/group-by.js"
import { parseReference } from "../../../src/reference.js"

/** Names of an image, by the registry that they are in. */
export function byRegistry(tags: readonly string[]): string[][] {
  return [...groupBy(tags, (tag) => parseReference(tag).registry).values()]
}

/**
 * Pushes to one registry after the other, to each of them whatever the others say, so that it is known which of them have
 * the image.
 *
 * @param push Rejects with NotDelivered where a registry refuses.
 */
export async function pushToEach(
  groups: readonly string[][],
  push: (tags: string[], isFirst: boolean) => Promise<void>,
): Promise<void> {
  const pushed: string[] = []
  const refused: { tags: string[]; error: NotDelivered }[] = []
  for (const tags of groups) {
    try {
      await push(tags, tags === groups[0])
      pushed.push(...tags)
    } catch (error) {
      if (!(error instanceof NotDelivered)) throw error
      refused.push({ tags, error })
    }
  }
  const [first, ...others] = refused
  if (!first) return
  // One registry: it has nothing to add.
  if (groups.length === 1) throw first.error
  const found =
    pushed.length > 0
      ? `only some registries have the image: pushed ${pushed.join(", ")}`
      : "no registry has the image"
  const hint = refused
    .map(({ tags, error }) => `not pushed: ${tags.join(", ")}: ${error.explanation}`)
    .join("\n")
  const isTemporary = [first, ...others].every(({ error }) => error.temporary)
  throw isTemporary ? new TemporaryFailure(found, { hint }) : new UserError(found, { hint })
}
