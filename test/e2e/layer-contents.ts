import type { Image } from "../read-image.js"
import { layerEntries } from "../../cli/image/layer.js"

/** Every file of a layer, also those that a later layer covers. */
export async function* contents(image: Image, layer: Image["layers"][number]) {
  for await (const entry of layerEntries(image.store, layer)) {
    const chunks: Buffer[] = []
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk)
    yield { header: entry.header, content: Buffer.concat(chunks) }
  }
}
