import { existsSync, readFileSync } from "node:fs"

/** Those that this machine trusts; empty where it has none. */
export function hostCertificates(): string {
  const file = process.env.SSL_CERT_FILE ?? "/etc/ssl/certs/ca-certificates.crt"
  return existsSync(file) ? readFileSync(file, "utf8") : ""
}
