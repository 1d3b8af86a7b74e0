import { SetupError } from "../errors.js"

/** This machine's architecture as Go, Debian and OCI call it. */
export function architecture(): "amd64" | "arm64" {
  if (process.arch === "x64") return "amd64"
  if (process.arch === "arm64") return "arm64"
  throw new SetupError(`base images cannot be made from packages on ${process.arch}`, {
    hint: "Use a machine that can reach the image registry.",
  })
}
