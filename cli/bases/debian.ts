import { createHash } from "node:crypto"
import { join } from "node:path"
import { SetupError } from "../errors.js"
import { installPackages } from "../system/apt.js"
import { CommandFailed, onPath, run } from "../system/command.js"
import type { OciLayout } from "../engine/engine.js"
import { architecture } from "./architecture.js"
import { putImage } from "./oci.js"
import type { About, BaseStore } from "./store.js"

export const suites = ["bookworm", "trixie"] as const
export type Suite = (typeof suites)[number]

/** What Docker Hub's `debian` calls them besides their names. */
const aliases = new Map<string, Suite>([
  ["12", "bookworm"],
  ["13", "trixie"],
  ["oldstable", "bookworm"],
  ["stable", "trixie"],
  ["latest", "trixie"],
])

/** The suite that a tag of `debian` stands for; point releases are not available, because suites move on. */
export function debianSuite(tag: string): Suite | undefined {
  const name = tag.replace(/-slim$/, "")
  return suites.find((suite) => suite === name) ?? aliases.get(name)
}

/** Debian's slim image, made from Debian's packages. */
export async function makeDebian(
  suite: Suite,
  store: BaseStore,
  announce: (again: string | undefined) => void,
  about: About,
): Promise<OciLayout> {
  const { report, signal } = about
  const make = async (again: string | undefined) => {
    announce(again)
    if (!onPath("mmdebstrap")) {
      await installPackages(["mmdebstrap", "debian-archive-keyring"], report, signal)
    }
    try {
      const tar = join(store.workspace, "rootfs.tar")
      await run(["mmdebstrap", ...options, suite, tar, ...(await sources(suite, signal))], {
        // Times later than this one, that is all, are set to it.
        env: { SOURCE_DATE_EPOCH: "0" },
        signal,
      })
      return await putImage(store, tar, architecture(), {
        Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
        Cmd: ["bash"],
      })
    } catch (error) {
      throw explain(error, suite)
    }
  }
  const recipe = createHash("sha256").update(options.join("\n")).digest("hex").slice(0, 12)
  return store.get(`debian-${suite}-${recipe}`, make, about)
}

/** What Docker Hub's slim variant leaves out. */
const excluded = ["doc", "groff", "info", "linda", "lintian", "locale", "man"]

const options = [
  "--variant=minbase",
  // The modes for other users make the same, and slower.
  "--mode=root",
  // tzdata is in Docker Hub's image, too, though it is in none of mmdebstrap's variants.
  "--include=tzdata",
  // With /bin as a link to /usr/bin from the start, as everywhere now; or Perl would come along to make it so.
  "--hook-dir=/usr/share/mmdebstrap/hooks/maybe-merged-usr",
  "--keyring=/usr/share/keyrings/debian-archive-keyring.gpg",
  ...excluded.map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
  // Docker Hub's, too: an installation in a container that a power cut spoils is made again.
  "--dpkgopt=force-unsafe-io",
  "--dpkgopt=path-include=/usr/share/doc/*/copyright",
  "--dpkgopt=path-include=/usr/share/locale/locale.alias",
  // Copied from this machine, for the time of the installation.
  `--customize-hook=rm -f "$1/etc/hostname" "$1/etc/resolv.conf"`,
]

/** Lines of sources.list. */
async function sources(suite: Suite, signal?: AbortSignal): Promise<string[]> {
  const { debian, security } = await mirrors(signal)
  return [
    `deb ${debian} ${suite} main`,
    `deb ${debian} ${suite}-updates main`,
    `deb ${security} ${suite}-security main`,
  ]
}

/** This machine's mirrors, where it is a Debian itself; a closed network may have no other. */
async function mirrors(signal?: AbortSignal): Promise<{ debian: string; security: string }> {
  const format = ["--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages"]
  const listed = await run(["apt-get", "indextargets", ...format], { signal })
  const find = (label: string) =>
    listed
      .split("\n")
      .map((line) => line.split(" "))
      .find(([first]) => first === label)?.[1]
      ?.replace(/\/$/, "")
  return {
    debian: find("Debian") ?? "http://deb.debian.org/debian",
    security: find("Debian-Security") ?? "http://deb.debian.org/debian-security",
  }
}

function explain(error: unknown, suite: Suite): unknown {
  if (!(error instanceof CommandFailed)) return error
  return new SetupError(
    `Debian ${suite} could not be made from its packages: ${error.why}\n${error.output.trimEnd()}`,
    { hint: "Check that Debian's mirrors can be reached, e.g. with `apt-get update`." },
  )
}
