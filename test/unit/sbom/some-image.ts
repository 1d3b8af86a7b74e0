import type { LinkedProgram, SbomFacts } from "../../../src/sbom/facts.js"

const digest = (character: string) => `sha256:${character.repeat(64)}`
const sums = (character: string) => ({ sha256: character.repeat(64), sha1: character.repeat(40) })

/** Of an empty module: `h1:` in Base64, and the same in hex. */
export const emptySum = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
export const emptySumHex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

export function someProgram(file: string, more: Partial<LinkedProgram> = {}): LinkedProgram {
  return {
    file,
    ...sums("a"),
    goVersion: "go1.25.3 X:nodwarf5",
    path: "example.com/shop/cmd/api",
    main: { path: "example.com/shop", version: "(devel)" },
    modules: [
      { path: "github.com/BurntSushi/toml", version: "v1.4.0", sum: emptySum, license: "MIT" },
      {
        path: "example.com/lib",
        version: "v0.0.0",
        replacedBy: { path: "/home/jo/lib", version: "" },
      },
      {
        path: "github.com/old/thing",
        version: "v1.0.0",
        license: "Apache-2.0; MIT",
        replacedBy: { path: "github.com/new/thing", version: "v1.1.0", sum: emptySum },
      },
    ],
    settings: { "vcs.revision": "5".repeat(40), "-ldflags": "-X main.token=hunter2" },
    ...more,
  }
}

export function someImage(platforms = ["linux/amd64"]): SbomFacts {
  const isOne = platforms.length === 1
  return {
    name: "registry.example.com/team/shop",
    repository: "registry.example.com/team/shop",
    digest: digest(isOne ? "1" : "0"),
    version: "v1.2.3",
    license: "MIT",
    created: "2025-03-01T09:30:00Z",
    images: platforms.map((platform, index) => ({
      platform,
      digest: digest(String(index + 1)),
      distribution: { id: "debian", version: "12", name: "Debian GNU/Linux 12 (bookworm)" },
      packages: [
        {
          manager: "deb" as const,
          name: "libc6",
          version: "2.36-9+deb12u10",
          architecture: platform.replace("linux/", ""),
          source: { name: "glibc" },
        },
        {
          manager: "deb" as const,
          name: "tzdata",
          version: "2025b-0+deb12u1",
          architecture: "all",
          license: "words of its own",
        },
      ],
      timeZones: "2025b",
      programs: [someProgram("/app/bin/api"), someProgram("/app/bin/worker", sums("b"))],
      files: [
        { file: "/app/static/ü page.html", ...sums("c") },
        { file: "/app/static/u-page.html", ...sums("d") },
      ],
    })),
  }
}
