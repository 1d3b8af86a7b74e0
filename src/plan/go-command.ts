import type { Settings } from "../settings/resolve.js"
import type { GoVersion } from "./go-version.js"
import type { Mount, Step } from "./types.js"

/** Paths of the build machine stay out of the program: the same source gives the same bytes wherever it is built. */
export const compileFlags = ["-trimpath"]

const moduleCache = "/go/pkg/mod"
const buildCache = "/root/.cache/go-build"

/** The environment that every stage runs the go command in. */
export function goEnvironment({ explicit }: GoVersion): Step[] {
  const values = {
    CGO_ENABLED: "0",
    GOOS: "linux",
    GOMODCACHE: moduleCache,
    GOCACHE: buildCache,
    // The images say local, which fails where go.mod wants a later patch than the image has.
    GOTOOLCHAIN: explicit ? "local" : "auto",
  }
  return Object.entries(values).map(([name, value]) => ({ type: "environment", name, value }))
}

/** Modules are the same for every Go; compiled packages are not, so that each minor's can be dropped by itself. */
export function cacheMounts({ cacheNamespace }: Settings, { minor }: GoVersion): Mount[] {
  const namespace = cacheNamespace ? toVolumeName(cacheNamespace.value) : "go-image"
  const line = minor === undefined ? "latest" : `1.${minor}`
  return [
    { type: "cache", id: `${namespace}-modules`, target: moduleCache },
    { type: "cache", id: `${namespace}-build-${line}`, target: buildCache },
  ]
}

/** Paths are usual values of BUILD_CACHE_DIR: `/cache/team a` is `cache-team-a`. */
function toVolumeName(text: string): string {
  return text.replace(/[^A-Za-z0-9._]+/g, "-").replace(/^[-._]+|-+$/g, "") || "go-image"
}
