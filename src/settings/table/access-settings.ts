import type { SettingSpec } from "./spec.js"

/** Whose modules, certificates and caches a build uses. */
export const accessSettings = {
  privateModules: {
    kind: "list",
    variable: "GOPRIVATE",
    help: "modules that are not public, as in GOPRIVATE; --netrc, --token or --ssh gives access to their hosts",
    otherwise: "none",
    example: "github.com/acme/*",
  },
  knownHosts: {
    kind: "list",
    help: "host keys of Git servers for --ssh, each a line of a known_hosts file; never from project.toml",
    otherwise: "those of github.com, gitlab.com, bitbucket.org and codeberg.org",
    example: "git.example.com ssh-ed25519 AAAAC3…",
  },
  trustCertificates: {
    kind: "flag",
    help: "the running image also trusts the authorities of --ca-certificates",
    otherwise: "only the build's downloads do",
    example: "true",
  },
  dependencyLayer: {
    kind: "flag",
    help: "compile dependencies in a stage of their own, whose layer can be cached for other machines",
    otherwise: "only where a build cache is used (--cache-image)",
    example: "true",
  },
  cacheNamespace: {
    kind: "text",
    variable: "BUILD_CACHE_DIR",
    help: "name of the cache volumes: projects with the same name share modules and compiled packages",
    otherwise: "go-image, shared by all",
    example: "team-a",
  },
} as const satisfies Record<string, SettingSpec>
