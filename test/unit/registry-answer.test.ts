import { describe, expect, it } from "vitest"
import { registryAnswer, type RegistryAnswer } from "../../src/registry-answer.js"
import { fc } from "./support/property.js"

/** As BuildKit, Docker and Dagger print them. */
const answers: [RegistryAnswer | undefined, string][] = [
  [
    "login",
    "unexpected status from POST request to http://127.0.0.1:5000/v2/app/blobs/uploads/: 401 Unauthorized",
  ],
  [
    "login",
    "failed to authorize: failed to fetch oauth token: unexpected status from GET request to https://auth.example.com/token?scope=a: 403 Forbidden",
  ],
  ["login", "unexpected status code 401"],
  [
    "login",
    "push access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
  ],
  ["login", "failed to push ghcr.io/me/app: denied: permission_denied: write_package"],
  ["login", "unauthorized: authentication required"],
  [
    "limit",
    "unexpected status code https://registry-1.docker.io/v2/library/golang/manifests/1.25: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit",
  ],
  [
    "temporary",
    "unexpected status from HEAD request to https://r.example.com/v2/401/403/manifests/v1: 503 Service Unavailable",
  ],
  [
    "temporary",
    "unexpected status from PUT request to http://r/v2/a/manifests/b: 500 Internal Server Error",
  ],
  [
    "temporary",
    'failed to do request: Head "https://r/v2/": read tcp 1.2.3.4:5: connection reset by peer',
  ],
  ["temporary", 'failed to do request: Put "http://r/v2/a": EOF'],
  ["temporary", 'Get "https://r/v2/": net/http: TLS handshake timeout'],
  [
    "unreachable",
    'Head "http://127.0.0.1:9/v2/": dial tcp 127.0.0.1:9: connect: connection refused',
  ],
  ["unreachable", "dial tcp: lookup registry.invalid on 10.0.0.1:53: no such host"],
  ["missing", "docker.io/library/golang:9.99: not found"],
  [
    "missing",
    "unexpected status from HEAD request to http://r/v2/401/manifests/403: 404 Not Found",
  ],
  ["missing", "no match for platform in manifest: not found"],
  [
    "missing",
    'failed to resolve image "r.example/app:v1" (platform: "linux/s390x"): no manifest matches requested platform for sha256:3de4',
  ],
  [undefined, "dial unix /var/run/docker.sock: connect: permission denied"],
  [
    undefined,
    "failed to copy: sha256:4014034294035001000000000000000000000000000000000000000000000401",
  ],
  [undefined, "authorization-service/app:unauthorized is no image of this kind"],
]

describe("what an error says of a registry", () => {
  it.each(answers)("%s: %s", (answer, error) => {
    expect(registryAnswer(error)).toBe(answer)
  })

  it("is not read from digests, ports and names", () => {
    const digits = fc.constantFrom("401", "403", "429", "500", "503")
    const place = fc.constantFrom(
      (n: string) => `failed to copy sha256:${n}${"a".repeat(61)}: broken`,
      (n: string) => `failed to push 127.0.0.1:${n}/app/${n}:v${n}: broken`,
      (n: string) => `failed to push example.com/denied/unauthorized-${n}:${n}: broken`,
    )
    fc.assert(
      fc.property(digits, place, (n, write) => {
        expect(registryAnswer(write(n))).toBeUndefined()
      }),
    )
  })
})
