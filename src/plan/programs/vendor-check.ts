import { UserError } from "../../errors.js"
import { startedBy } from "../go/started-by.js"
import vendorCheckProgram from "./vendor-check/main.go" with { type: "text" }
import type { DownloadAccess } from "../go/download-access.js"
import type { GoVersion } from "../go/version/go-version.js"
import type { Mount, Step } from "../types.js"
import type { Setting } from "../../settings/setting.js"
import { compileFlags } from "../go/compile-flags.js"

const folder = "/vendor-check"

/**
 * Compares vendor/ with the modules that it was copied from, file by file. `go mod verify` does not look at vendor/
 * (golang/go#27348), so that a changed file there is built without a word. What the modules themselves are, go.sum says:
 * the go command checks it when it downloads them.
 *
 * Depends on go.mod, go.sum and vendor/ alone: an edit of the source does not run it again.
 */
export function checkVendor(
  sourcePath: string,
  mounts: Mount[],
  mode: Exclude<VendorCheck, "off">,
  access: DownloadAccess,
): Step[] {
  const args = [sourcePath, ...(mode === "warn" ? ["warn"] : [])]
  const steps: Step[] = [
    // A module of its own: the go command must not take the project for its main module here.
    { type: "working-directory", path: folder },
    { type: "file", path: `${folder}/go.mod`, content: "module vendorcheck\n", mode: 0o644 },
    { type: "file", path: `${folder}/main.go`, content: vendorCheckProgram, mode: 0o644 },
    startedBy({ type: "run", args: ["go", "run", ...compileFlags, ".", ...args], mounts }, access),
  ]
  return steps.map((step) => ({ ...step, isCheck: true }))
}

export type VendorCheck = "error" | "warn" | "off"

/** What becomes of a vendor/ that is not what its modules are: some projects patch it on purpose. */
export function vendorCheckMode(setting: Setting<string> | undefined): VendorCheck {
  const value = setting?.value ?? "error"
  if (value === "error" || value === "warn" || value === "off") return value
  throw new UserError(`invalid value ${JSON.stringify(value)} (${setting?.from})`, {
    hint: "--vendor-check takes error, warn or off.",
  })
}

/** The program is written for the standard library of Go 1.16. */
export function canCheckVendor({ minor }: GoVersion): boolean {
  return minor === undefined || minor >= 16
}
