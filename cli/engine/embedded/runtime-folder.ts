import { createHash } from "node:crypto"
import { join } from "node:path"
import { cacheFolder } from "../../system/folders.js"

/**
 * Sockets and locks of the daemon whose state is in the cache folder. Not in the cache folder itself: a socket's path
 * may have 107 bytes at most, and whatever is here must not outlive a reboot. Root's, like the daemon.
 */
export function runtimeFolder(): string {
  const id = createHash("sha256").update(cacheFolder()).digest("hex").slice(0, 12)
  return join("/run/go-image", id)
}
