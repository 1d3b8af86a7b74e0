import { lstatSync, readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import { UserError } from "../../src/errors.js"
import {
  netrcLine,
  parseCertificates,
  parseTokenHost,
  type Access,
} from "../../src/settings/access/access.js"
import { readSecret } from "./secret-reference.js"

/** What the options for downloads say. */
export interface AskedAccess {
  /** Each `[USER@]HOST=env:NAME`, or `=file:PATH`. */
  tokens?: readonly string[]
  /** As docker has it: `default`, `default=SOCKET`. */
  ssh?: string
  /** A PEM file. */
  caCertificates?: string
}

const tokenOption = "--token"

/** What a plan is told of them; whatever is wrong with them is said here. */
export function readAccess(asked: AskedAccess): Access | undefined {
  const { tokens = [], ssh, caCertificates } = asked
  if (ssh !== undefined) findAgent(ssh)
  if (tokens.length === 0 && ssh === undefined && caCertificates === undefined) return undefined
  return {
    ...(tokens.length > 0 && { tokenHosts: tokens.map((text) => parseToken(text).login.host) }),
    ...(ssh !== undefined && { ssh: true }),
    ...(caCertificates !== undefined && { certificates: readCertificates(caCertificates) }),
  }
}

/** The tokens as lines of a netrc file. */
export function tokenLines({ tokens = [] }: AskedAccess): string[] {
  const logins = tokens.map(parseToken)
  const twice = logins.find(
    ({ login }, index) => logins.findIndex((each) => each.login.host === login.host) < index,
  )
  if (twice) throw new UserError(`two tokens for ${twice.login.host} (${tokenOption})`)
  return logins.map(({ login, reference }) =>
    netrcLine(login, readSecret(reference, tokenOption, `${login.host}=`), tokenOption),
  )
}

function parseToken(text: string) {
  const at = text.indexOf("=")
  if (at < 0) {
    throw new UserError(`a token without a host, or a host without a token (${tokenOption})`, {
      hint: `Write HOST=env:NAME or HOST=file:PATH: ${tokenOption} github.com=env:GITHUB_TOKEN`,
    })
  }
  const login = parseTokenHost(text.slice(0, at), tokenOption)
  return { login, reference: text.slice(at + 1) }
}

/** The socket of an agent, or a key of its own, as docker takes either. */
export function findAgent(text: string): string {
  const [, asked] = /^default(?:=(.+))?$/s.exec(text) ?? []
  if (asked === undefined && text !== "default") {
    throw new UserError(`not an SSH agent: ${JSON.stringify(text)} (--ssh)`, {
      hint: "Write --ssh default for the agent of $SSH_AUTH_SOCK, or --ssh default=SOCKET.",
    })
  }
  const path = asked ?? process.env.SSH_AUTH_SOCK
  if (!path) {
    throw new UserError("there is no SSH agent: $SSH_AUTH_SOCK is not set (--ssh)", {
      hint: 'Start one and give it a key: eval "$(ssh-agent)" && ssh-add',
    })
  }
  const from = asked === undefined ? "$SSH_AUTH_SOCK, --ssh" : "--ssh"
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) {
    throw new UserError(`no such socket: ${path} (${from})`, {
      hint: "It is the socket of an SSH agent: `ssh-agent` prints its path.",
    })
  }
  if (!statSync(path).isSocket() && !/PRIVATE KEY-----/.test(readText(path, from))) {
    throw new UserError(`${path} is neither a socket of an SSH agent nor a private key (${from})`)
  }
  return resolve(path)
}

export function readCertificates(file: string): string {
  return parseCertificates(readText(file, "--ca-certificates"), file, "--ca-certificates")
}

function readText(file: string, from: string): string {
  try {
    return readFileSync(resolve(file), "utf8")
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const what = code === "ENOENT" ? `no such file: ${file}` : `cannot read ${file}: ${message}`
    throw new UserError(`${what} (${from})`)
  }
}
