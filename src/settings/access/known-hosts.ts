import { createHmac } from "node:crypto"
import { hasControlCharacter, UserError } from "../../errors.js"
import type { Setting } from "../setting.js"

/**
 * Host keys that the forges publish, with their fingerprints.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints
 * https://docs.gitlab.com/user/gitlab_com/#ssh-known_hosts-entries
 * https://support.atlassian.com/bitbucket-cloud/docs/configure-ssh-and-two-step-verification/
 * https://docs.codeberg.org/security/ssh-fingerprint/
 */
const ofForges = [
  "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl",
  "github.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMjNuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg=",
  "gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf",
  "gitlab.com ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFSMqzJeV9rUzU4kWitGjeR4PWSa29SPqJ1fVkhtj3Hw9xjLVXVYrU9QlYWrOLXBpQ6KWjbjTDTdDkoohFzgbEY=",
  "bitbucket.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIazEu89wgQZ4bqs3d63QSMzYVa0MuJ2e2gKTKqu+UUO",
  "bitbucket.org ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPIQmuzMBuKdWeF4+a2sjSSpBK0iqitSQ+5BM9KhpexuGt20JpTVM7u5BDZngncgrqDMbWdxMWWOGtZ9UgbqgZE=",
  "codeberg.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIVIC02vnjFyL+I4RHfvIGNtOgJMe769VTF1VR4EB3ZB",
  "codeberg.org ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBL2pDxWr18SoiDJCGZ5LmxPygTlPu+cCKSkpqkvCyQzl5xmIMeKNdfdBpfbCGDPoZQghePzFZkKJNR/v9Win3Sc=",
]

const line =
  /^(?:@(?:cert-authority|revoked) +)?(\S+) +(?:ssh-[\w-]+|ecdsa-[\w-]+|sk-[\w@.-]+) +AAAA[A-Za-z0-9+/]+=*(?: .*)?$/

export interface KnownHosts {
  lines: readonly string[]
  /** The port by which a host is known; undefined where it is not known. */
  port: (host: string) => number | undefined
}

/** Those of the well-known forges, and what is given, each a line of a known_hosts file. */
export function knownHosts(setting: Setting<string[]> | undefined): KnownHosts {
  const lines = [...ofForges, ...given(setting)]
  const names = lines.flatMap((each) => line.exec(each)?.[1]?.split(",") ?? [])
  return { lines, port: (host) => portOf(host, names) }
}

function given(setting: Setting<string[]> | undefined): string[] {
  if (!setting) return []
  const { value, from, byProject } = setting
  if (byProject) {
    throw new UserError(`known-hosts cannot be set by the project (${from})`, {
      hint: "It says which servers your SSH agent is used with. Give it as an option: --known-hosts.",
    })
  }
  const lines = value
    .flatMap((text) => text.split(/\r?\n/))
    .map((text) => text.trim())
    .filter((text) => text !== "" && !text.startsWith("#"))
  for (const each of lines) {
    if (line.test(each) && !hasControlCharacter(each)) continue
    throw new UserError(`not a line of a known_hosts file: ${JSON.stringify(each)} (${from})`, {
      hint: "Write HOST TYPE KEY, as `ssh-keyscan git.example.com` prints it.",
    })
  }
  return lines
}

/** `host`, `[host]:2222`, a pattern with stars, or a hash of one of the first two. */
function portOf(host: string, names: readonly string[]): number | undefined {
  if (names.some((name) => isOf(name, host))) return 22
  for (const name of names) {
    const [, bracketed, port] = /^\[(.+)\]:(\d+)$/.exec(name) ?? []
    if (bracketed !== undefined && isOf(bracketed, host)) return Number(port)
  }
  return undefined
}

function isOf(name: string, host: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(name) ?? []
  if (salt !== undefined)
    return createHmac("sha1", Buffer.from(salt, "base64")).update(host).digest("base64") === hash
  const pattern = name
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".")
  return new RegExp(`^${pattern}$`, "i").test(host)
}
