import { dag, type File, type Secret, type Socket } from "@dagger.io/dagger"
import { UserError } from "../../errors.js"
import type { Options } from "../../options.js"
import { certificatesSecret, netrcSecret } from "../../plan/go/download-access.js"
import {
  netrcLine,
  parseCertificates,
  parseTokenHost,
  type Access,
} from "../../settings/access/access.js"
import { goProxyAddresses } from "../../settings/build-environment.js"
import { linesWithPort, parseNetrc } from "../../settings/access/netrc.js"
import { readSecret } from "./secret.js"
import type { Inputs } from "../../render/dagger.js"

/** What the caller of the module gave for downloads. */
export interface GivenAccess {
  netrc?: Secret
  /** Each `[USER@]HOST`, of the token at its place. */
  tokenHosts: readonly string[]
  tokens: readonly Secret[]
  ssh?: Socket
  caCertificates?: File
  options: Options
}

/** What a plan is told of it, and what its steps are mounted with. */
export interface ReadAccess {
  access?: Access
  inputs: Pick<Inputs, "secrets" | "files" | "ssh">
}

const tokenOption = "--tokens"
const certificatesOption = "--ca-certificates"

/** Whatever is wrong with it is said here, before anything is built. */
export async function readGivenAccess(given: GivenAccess): Promise<ReadAccess> {
  const { netrc, tokenHosts, tokens, ssh, caCertificates } = given
  if (tokenHosts.length !== tokens.length) {
    throw new UserError(
      `${tokenHosts.length} hosts and ${tokens.length} tokens (--token-hosts, ${tokenOption})`,
      {
        hint: "Give a token for each host, in their order: --token-hosts=github.com --tokens=env:GITHUB_TOKEN",
      },
    )
  }
  const logins = tokenHosts.map((text) => parseTokenHost(text, "--token-hosts"))
  const [text, lines, pem] = await Promise.all([
    netrc && readSecret(netrc, "file of passwords", "--netrc"),
    Promise.all(
      logins.map(async (login, index) => {
        const token = tokens[index]
        const value = token && (await readSecret(token, `token for ${login.host}`, tokenOption))
        // A file that a secret is read from often ends with one.
        return netrcLine(login, (value ?? "").replace(/\r?\n$/, ""), tokenOption)
      }),
    ),
    caCertificates && readCertificates(caCertificates),
  ])
  const access: Access = {
    ...(logins.length > 0 && { tokenHosts: logins.map(({ host }) => host) }),
    ...(ssh && { ssh: true }),
    ...(pem !== undefined && { certificates: pem }),
  }
  // The first line for a host counts.
  const all = [...lines, ...(text === undefined ? [] : [text])].join("\n")
  const addresses = goProxyAddresses(given.options.buildEnvironment)
  const further = [...lines, ...linesWithPort(parseNetrc(all), addresses)]
  return {
    ...(Object.keys(access).length > 0 && { access }),
    inputs: {
      secrets: {
        [netrcSecret]:
          further.length > 0
            ? dag.setSecret(netrcSecret, [...further, text ?? "", ""].join("\n"))
            : netrc,
      },
      files: { [certificatesSecret]: pem === undefined ? undefined : readableFile(pem) },
      ssh,
    },
  }
}

async function readCertificates(file: File): Promise<string> {
  const text = await file.contents().catch((error: unknown) => {
    throw new UserError(
      `cannot read the certificates: ${(error as Error).message} (${certificatesOption})`,
    )
  })
  return parseCertificates(text, "the file", certificatesOption)
}

/** Whoever may read the caller's own. */
function readableFile(text: string): File {
  const name = "ca-certificates.pem"
  return dag.directory().withNewFile(name, text, { permissions: 0o444 }).file(name)
}
