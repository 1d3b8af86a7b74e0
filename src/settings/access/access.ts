import { X509Certificate } from "node:crypto"
import { UserError } from "../../errors.js"

/**
 * What whoever builds has for downloads, apart from the values: a plan names it, and never holds it. A project's files can
 * ask for none of it.
 */
export interface Access {
  /** Hosts of `--token`. */
  tokenHosts?: readonly string[]
  /** An SSH agent. */
  ssh?: boolean
  /** Certificates of further authorities, as PEM, which are no secret. */
  certificates?: string
}

export interface Login {
  host: string
  user: string
}

/** `[USER@]HOST` of a token. */
export function parseTokenHost(text: string, option: string): Login {
  const [, user, host = ""] = /^(?:([^@\s"]+)@)?([a-z0-9.-]+)$/i.exec(text) ?? []
  // A port is not a part of what a netrc file says, nor is a path.
  if (/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host)) {
    return { host: host.toLowerCase(), user: user ?? usualUser(host.toLowerCase()) }
  }
  throw new UserError(`not the name of a host: ${JSON.stringify(text)} (${option})`, {
    hint: "Write it without https://, port and path, such as github.com, or with a user, gitlab-ci-token@gitlab.com.",
  })
}

/** Whose password a token is: GitHub, Gitea and most others take any name. */
function usualUser(host: string): string {
  if (host === "bitbucket.org") return "x-token-auth"
  return host.split(".").includes("gitlab") ? "oauth2" : "x-access-token"
}

/** As Go, Git and curl read a netrc file: words between blanks, without a way to write a blank in one. */
export function netrcLine({ host, user }: Login, token: string, option: string): string {
  const refuse = (what: string) => {
    // Not shown: it is the password.
    throw new UserError(`the token for ${host} ${what} (${option})`, {
      hint: "It is one word of letters, digits and signs; look for a line break at its end or in its middle.",
    })
  }
  if (token === "") refuse("is empty")
  if (!/^[!-~]+$/.test(token))
    refuse("has a line break, a blank or another character that no token has")
  if (token.startsWith('"')) refuse("begins with a quotation mark")
  return `machine ${host} login ${user} password ${token}`
}

/** BuildKit takes no larger secret. */
const mostBytes = 500 * 1024

/**
 * The certificates of a PEM file, without what stands between them.
 *
 * @param name Of the file.
 */
export function parseCertificates(text: string, name: string, option: string): string {
  const refuse = (what: string) => {
    throw new UserError(`${name} ${what} (${option})`, {
      hint: "It has one or more certificates as PEM: -----BEGIN CERTIFICATE-----, lines of base64, -----END CERTIFICATE-----.",
    })
  }
  if (text.includes("PRIVATE KEY-----")) refuse("has a private key, which must stay secret")
  const found = text.match(
    /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]*-----END (?:TRUSTED )?CERTIFICATE-----/g,
  )
  if (!found) return refuse("has no certificate") ?? ""
  for (const [index, each] of found.entries()) {
    try {
      new X509Certificate(each)
    } catch {
      refuse(`has a certificate that cannot be read, number ${index + 1} of ${found.length}`)
    }
  }
  const certificates = found.map((each) => `${each.replace(/\r/g, "")}\n`).join("")
  if (Buffer.byteLength(certificates) > mostBytes)
    refuse(
      `has more than ${mostBytes / 1024} KB of certificates: those of your own organization are enough`,
    )
  return certificates
}
