/*
 * How long an engine answers a function from its cache, where the source and all arguments are the same. Where nothing is said,
 * it is seven days: right for what the source alone decides (plan, dockerfile, affected, vet, lint, format, tidy, generate, fix).
 * What the functions run is cached besides, by its content, and for longer.
 */

/** Never: it changes something elsewhere, measures, or asks what is there now (publish, service, bench, lock, verify). */
export const never = "never"

/** Tests may meet a service, or the network: each `dagger check` runs them, where the same run is not cached by its content. */
export const oneSession = "session"

/** Base images are tags that move: a new patch of Go, a security fix of Debian is in the image a day later. */
export const oneDay = "24h"

/** The database of vulnerabilities has something new at any time. */
export const oneHour = "1h"
