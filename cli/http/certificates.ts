import { existsSync, readFileSync } from "node:fs"

/** Where distributions have them, as Go looks for them: Debian and Alpine, Fedora, openSUSE, macOS. */
const places = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
]

/** Those that this machine trusts; empty where it has none. */
export function hostCertificates(): string {
  const files = process.env.SSL_CERT_FILE ? [process.env.SSL_CERT_FILE] : places
  const file = files.find((each) => existsSync(each))
  return file === undefined ? "" : readFileSync(file, "utf8")
}
