import type { Settings } from "../../src/settings/resolve.js"

/**
 * What holds where nobody says otherwise. Volumes are no part of a build cache; layers are.
 *
 * @param hasCache Whether one is imported or exported.
 */
export function defaultsFor(hasCache: boolean): Settings {
  return hasCache ? { dependencyLayer: { value: true, from: "a build cache is used" } } : {}
}
