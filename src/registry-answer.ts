/**
 * What an engine's error says of a registry: by the HTTP status, or by what engines make of one, never by digits or words
 * elsewhere in it, such as in a digest or a repository's name.
 */
export type RegistryAnswer =
  /** 401 or 403: it wants to know who asks, or does not allow it. */
  | "login"
  /** 429: it has been asked too often. */
  | "limit"
  /** A server error, or a connection that broke: may succeed when it is tried again. */
  | "temporary"
  /** Nobody answers there. */
  | "unreachable"
  /** It has no such image, or not for this platform. */
  | "missing"

export function registryAnswer(error: string): RegistryAnswer | undefined {
  const status = httpStatus(error)
  const known = status === undefined ? undefined : statusAnswer(status)
  return known ?? patterns.find(([pattern]) => pattern.test(error))?.[1]
}

/** Of a registry, or another server, that was asked without an engine. */
export function statusAnswer(status: number): RegistryAnswer | undefined {
  if (status === 401 || status === 403) return "login"
  if (status === 429) return "limit"
  if (status === 408 || status >= 500) return "temporary"
  return status === 404 ? "missing" : undefined
}

const patterns: [RegExp, RegistryAnswer][] = [
  // The codes of the distribution specification, as containerd and Docker print them: of a 401 or a 403.
  [/\binsufficient_scope\b|\bno basic auth credentials\b|\b(?:push|pull) access denied\b/, "login"],
  [/(?:^|: )(?:unauthorized|denied): /i, "login"],
  [/(?:^|: )toomanyrequests: /i, "limit"],
  [
    /connection refused|no such host|no route to host|network is unreachable|server misbehaving/,
    "unreachable",
  ],
  [
    /connection reset by peer|broken pipe|i\/o timeout|TLS handshake timeout|connection timed out|(?:^|: )(?:unexpected )?EOF\b|Client\.Timeout|temporary failure in name resolution/i,
    "temporary",
  ],
  [
    /(?:^|: )not found\b|\bdoes not exist\b|\bmanifest unknown\b|\bno match for platform\b|\bno manifest matches requested platform\b/i,
    "missing",
  ],
]

/** `…: 401 Unauthorized`, `status code 401`: as Go prints a response's status. */
function httpStatus(error: string): number | undefined {
  const [, phrased, bare] =
    /(?:^|[:\s])([1-5]\d\d) [A-Z][A-Za-z]+(?![\w:/])|\bstatus(?: code)?:? ([1-5]\d\d)\b/.exec(
      error,
    ) ?? []
  const status = phrased ?? bare
  return status === undefined ? undefined : Number(status)
}
