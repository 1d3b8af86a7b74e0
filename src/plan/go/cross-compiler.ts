import type { TargetPlatform } from "../bases/platform.js"

/** GCC for a platform, as Debian has it: under the same name where it is the machine's own. */
export interface CrossCompiler {
  cc: string
  cxx: string
  /** What has it on machines of other architectures. */
  packages: string[]
  /** The platform's architecture as Debian calls it, which is that of its libraries' packages. */
  debianArchitecture: string
  /** Where pkg-config finds what is installed for the platform. */
  pkgConfigPath: string
}

/** Debian's architectures by Go's. https://wiki.debian.org/SupportedArchitectures */
const known: Readonly<Record<string, { triplet: string; debian: string }>> = {
  amd64: { triplet: "x86_64-linux-gnu", debian: "amd64" },
  arm64: { triplet: "aarch64-linux-gnu", debian: "arm64" },
  arm: { triplet: "arm-linux-gnueabihf", debian: "armhf" },
  386: { triplet: "i686-linux-gnu", debian: "i386" },
  ppc64le: { triplet: "powerpc64le-linux-gnu", debian: "ppc64el" },
  riscv64: { triplet: "riscv64-linux-gnu", debian: "riscv64" },
  s390x: { triplet: "s390x-linux-gnu", debian: "s390x" },
}

/** Debian's armhf is for ARMv7. */
const olderArm = { triplet: "arm-linux-gnueabi", debian: "armel" }

export function crossCompiler({ reference }: TargetPlatform): CrossCompiler | undefined {
  const [, architecture = "", variant] = reference.split("/")
  const found =
    /^arm$/.test(architecture) && /^v[56]$/.test(variant ?? "") ? olderArm : known[architecture]
  if (!found) return undefined
  const { triplet, debian } = found
  const inPackage = triplet.replaceAll("_", "-")
  return {
    cc: `${triplet}-gcc`,
    cxx: `${triplet}-g++`,
    packages: [`gcc-${inPackage}`, `g++-${inPackage}`, `libc6-dev-${debian}-cross`],
    debianArchitecture: debian,
    pkgConfigPath: `/usr/lib/${libraryFolder(triplet)}/pkgconfig:/usr/share/pkgconfig`,
  }
}

/** The only one whose folder has another name. */
function libraryFolder(triplet: string): string {
  return triplet === "i686-linux-gnu" ? "i386-linux-gnu" : triplet
}
