import { UserError } from "../../errors.js"
import { goProxyHosts } from "../../settings/build-environment.js"
import { knownHosts } from "../../settings/access/known-hosts.js"
import type { Settings } from "../../settings/resolve.js"
import type { Mount, Step } from "../types.js"

/** The name of the secret that holds the netrc file. */
export const netrcSecret = "netrc"

/** The name of the secret that holds certificates of further authorities. */
export const certificatesSecret = "ca-certificates"

/**
 * What steps that download have, and others do not: passwords, an SSH agent, certificates. None of these steps runs anything
 * of the project.
 */
export interface DownloadAccess {
  /** Once in each stage with such a step. */
  steps: Step[]
  /** What comes before the program. */
  args: readonly string[]
  mounts: readonly Mount[]
}

const script = "/download.sh"
const knownHostsFile = "/known_hosts"
const socket = "/run/ssh-agent.sock"
const certificates = "/run/secrets/ca-certificates"
/** In memory. */
const scratch = "/run/download"

/** Everything is for one program: nothing of it is in a file of the stage, or in its environment. */
const content = `#!/bin/sh
set -eu
if [ -f ${certificates} ]; then
  bundle=${scratch}/certificates.pem
  for file in "\${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem; do
    if [ -f "$file" ]; then
      cat "$file"
      echo
      break
    fi
  done >$bundle
  cat ${certificates} >>$bundle
  export SSL_CERT_FILE=$bundle GIT_SSL_CAINFO=$bundle CURL_CA_BUNDLE=$bundle NODE_EXTRA_CA_CERTS=$bundle
fi
if [ -n "\${SSH_REWRITES:-}" ]; then
  if ! [ -S ${socket} ]; then
    echo "no SSH agent is there: build with --ssh default" >&2
    exit 1
  fi
  if ! command -v ssh >/dev/null; then
    echo "the builder image has no ssh: give one that has it with --builder-image, or a token with --token" >&2
    exit 1
  fi
  if [ "$(GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=a.b GIT_CONFIG_VALUE_0=c git config a.b)" != c ]; then
    echo "SSH needs Git 2.31 or newer in the builder image: give another one with --builder-image, or a token with --token" >&2
    exit 1
  fi
  export SSH_AUTH_SOCK=${socket}
  export GIT_SSH_COMMAND="ssh -F /dev/null -o BatchMode=yes -o ConnectTimeout=30 -o StrictHostKeyChecking=yes -o UserKnownHostsFile=${knownHostsFile} -o GlobalKnownHostsFile=/dev/null"
  count=0
  for each in $SSH_REWRITES; do
    export "GIT_CONFIG_KEY_$count=url.\${each#*=}.insteadOf" "GIT_CONFIG_VALUE_$count=\${each%%=*}"
    count=$((count + 1))
  done
  export GIT_CONFIG_COUNT=$count
fi
exec "$@"
`

export function downloadAccess(settings: Settings): DownloadAccess {
  const ssh = settings.access?.value.ssh ? sshAccess(settings) : []
  const trusted = certificateAccess(settings)
  const mounts: Mount[] = [
    ...(settings.privateModules || asksProxy(settings) ? [netrc] : []),
    ...(ssh.length > 0 ? [{ type: "ssh", id: "default", target: socket } as const] : []),
    ...trusted.mounts,
  ]
  const args = ssh.length > 0 ? ["/bin/sh", script] : trusted.args
  return { steps: [...(args.length > 0 ? [scriptStep] : []), ...ssh], args, mounts }
}

const netrc: Mount = { type: "secret", id: netrcSecret, target: "/root/.netrc" }

/** For tools, which are public modules: a module proxy may want a password for them, too. */
export function toolAccess(settings: Settings): DownloadAccess {
  const { mounts, ...trusted } = certificateAccess(settings)
  return { ...trusted, mounts: [...(asksProxy(settings) ? [netrc] : []), ...mounts] }
}

/** For programs that need no password, such as a package manager. */
export function certificateAccess({ access }: Settings): DownloadAccess {
  return access?.value.certificates === undefined
    ? { steps: [], args: [], mounts: [] }
    : {
        steps: [scriptStep],
        args: ["/bin/sh", script],
        mounts: [
          { type: "secret", id: certificatesSecret, target: certificates, mode: 0o444 },
          { type: "tmpfs", target: scratch },
        ],
      }
}

const scriptStep: Step = { type: "file", path: script, content, mode: 0o755 }

/** A module proxy of the caller's choice, which a project cannot name; a token for it may be all that says so here. */
function asksProxy({ privateModules, buildEnvironment, access }: Settings): boolean {
  const hosts = new Set(placesOf(privateModules?.value ?? []).map(({ host }) => host))
  return (
    goProxyHosts(buildEnvironment) !== undefined ||
    (access?.value.tokenHosts ?? []).some((host) => !hosts.has(host))
  )
}

/** Private modules come over SSH, but for those of hosts with a token. By variables: Git's files would have to be written. */
function sshAccess({ privateModules, knownHosts: setting, access }: Settings): Step[] {
  const known = knownHosts(setting)
  const rewrites = placesOf(privateModules?.value ?? [])
    .filter(({ host }) => !access?.value.tokenHosts?.includes(host))
    .map(({ host, path }) => {
      const port = known.port(host)
      if (port === undefined) {
        throw new UserError(`the SSH host key of ${host} is not known (--ssh)`, {
          hint: `Compare it with the one that the server's owner publishes, then give it: --known-hosts "$(ssh-keyscan ${host})"`,
        })
      }
      const at = port === 22 ? host : `${host}:${port}`
      return `https://${host}/${path}=ssh://git@${at}/${path}`
    })
  if (rewrites.length === 0) return []
  return [
    {
      type: "file",
      path: knownHostsFile,
      content: `${known.lines.join("\n")}\n`,
      mode: 0o644,
    },
    { type: "environment", name: "SSH_REWRITES", value: rewrites.join(" ") },
  ]
}

interface Place {
  host: string
  /** The beginning of paths on it. */
  path: string
}

/** Of GOPRIVATE's patterns, what stands before the first star; nothing of those that name no host. */
function placesOf(patterns: readonly string[]): Place[] {
  return patterns
    .flatMap((text) => text.split(","))
    .map((text) => /^[^*?[\\]*/.exec(text.trim())?.[0] ?? "")
    .flatMap((text): Place[] => {
      const [, host = "", path = ""] =
        /^([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)(?:\/([^\s="']*))?$/.exec(text) ?? []
      return host === "" ? [] : [{ host: host.toLowerCase(), path }]
    })
}

/** What nothing comes of. */
export function accessNotices(settings: Settings): string[] {
  const { access, privateModules } = settings
  if (!access?.value.ssh) return []
  if (!privateModules) {
    return [
      "--ssh has no effect: no private modules are named (--private-modules github.com/acme/*)",
    ]
  }
  const hosts = new Set(placesOf(privateModules.value).map(({ host }) => host))
  const open = privateModules.value
    .flatMap((text) => text.split(","))
    .filter((text) => text.trim() !== "" && placesOf([text]).length === 0)
  return open.length > 0
    ? [
        `${open.join(", ")} (${privateModules.from}) names no host, so its modules are not downloaded over SSH${hosts.size > 0 ? ", unlike those of others" : ""}: name each host`,
      ]
    : []
}

/** Those that the running image trusts, too, where that is asked for. */
export function trustedCertificates({ access, trustCertificates }: Settings): string | undefined {
  if (!trustCertificates?.value) return undefined
  const certificates = access?.value.certificates
  if (certificates !== undefined) return certificates
  throw new UserError(`there are no certificates to trust (${trustCertificates.from})`, {
    hint: "Give them: --ca-certificates FILE",
  })
}
