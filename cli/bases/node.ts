import { createHash } from "node:crypto"
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import maxSatisfying from "semver/ranges/max-satisfying.js"
import { UserError } from "../../src/errors.js"
import type { Engine, OciLayout } from "../engine/engine.js"
import { writeAtomically } from "../system/atomic.js"
import { architecture } from "./architecture.js"
import { hostCertificates } from "../http/certificates.js"
import { listPackageVersions, packPackage } from "./npm.js"
import type { About, BaseStore } from "./store.js"

const day = 24 * 3600 * 1000

/** Node.js's distribution without npm, as a package of npm's registry. */
function nodePackage(): string {
  return `node-linux-${architecture() === "amd64" ? "x64" : "arm64"}`
}

/** The newest version that a tag of Docker Hub's `node`, without the distribution's name, stands for. */
export async function chooseNode(
  tag: string,
  store: BaseStore,
  signal?: AbortSignal,
): Promise<string> {
  const versions = await listNodeVersions(store, signal)
  const range = /^(?:current|latest)$/.test(tag) ? "*" : /^lts/.test(tag) ? "24" : tag
  const version = maxSatisfying(versions, range)
  if (version !== null) return version
  const majors = [...new Set(versions.map((each) => each.split(".")[0]))].slice(-8)
  throw new UserError(`Node.js ${tag} does not exist, so node:${tag} cannot be made`, {
    hint: `Available, among others: ${majors.join(", ")}.`,
  })
}

/** Asked for once a day. */
async function listNodeVersions(store: BaseStore, signal?: AbortSignal): Promise<string[]> {
  const file = join(store.folder, "node-versions")
  const known = existsSync(file) ? readFileSync(file, "utf8").split("\n") : undefined
  if (known && Date.now() - statSync(file).mtimeMs < day) return known
  try {
    const versions = await listPackageVersions(nodePackage(), signal)
    writeAtomically(file, versions.join("\n"))
    return versions
  } catch (error) {
    signal?.throwIfAborted()
    // Yesterday's answer is better than none.
    if (known) return known
    throw error
  }
}

export interface NodeParts {
  version: string
  /** Reference and layout of the Debian that it stands on. */
  debian: { image: string; layout: OciLayout }
}

/** An image like Docker Hub's `node:VERSION-slim`, made by the engine from packages of npm's registry. */
export async function makeNode(
  { version, debian }: NodeParts,
  engine: Engine,
  store: BaseStore,
  announce: (again: string | undefined) => void,
  about: About,
): Promise<OciLayout> {
  const { signal } = about
  const certificates = hostCertificates()
  const text = dockerfile(debian.image, version)
  const npm = npmFor(version)
  const make = async (again: string | undefined) => {
    announce(again)
    const folder = store.workspace
    for (const [spec, name] of [
      [`${nodePackage()}@${version}`, "node.tgz"],
      [npm, "npm.tgz"],
    ] as const) {
      renameSync(await packPackage(spec, folder, signal), join(folder, name))
    }
    writeFileSync(join(folder, "ca-certificates.crt"), certificates)
    const { metadata } = await engine.build({
      dockerfile: text,
      buildArgs: {},
      context: folder,
      ignore: [],
      layouts: { [debian.image]: debian.layout },
      output: { type: "layout", path: store.folder },
      onProgress: () => undefined,
      signal,
    })
    return metadata["containerimage.digest"] ?? ""
  }
  const parts = [text, npm, debian.layout.digest, certificates]
  const key = createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12)
  return store.get(`node-${version}-${key}`, make, about)
}

/** The line of npm that comes with such a Node.js. */
function npmFor(version: string): string {
  const major = Number(version.split(".")[0])
  if (major >= 24) return "npm@11"
  if (major >= 18) return "npm@10"
  return major >= 16 ? "npm@8" : "npm@6"
}

function dockerfile(debian: string, version: string): string {
  const certificates = "/usr/local/share/go-image/ca-certificates.crt"
  return `FROM ${debian}
COPY ca-certificates.crt ${certificates}
ENV NODE_EXTRA_CA_CERTS=${certificates} SSL_CERT_FILE=${certificates}
ENV NODE_VERSION=${version}
RUN --mount=type=bind,target=/packages \\
    tar -xzf /packages/node.tgz -C /usr/local --strip-components=1 --no-same-owner package/bin package/include \\
 && mkdir -p /usr/local/lib/node_modules/npm \\
 && tar -xzf /packages/npm.tgz -C /usr/local/lib/node_modules/npm --strip-components=1 --no-same-owner \\
 && chmod a+x /usr/local/bin/node /usr/local/lib/node_modules/npm/bin/*.js \\
 && chmod -R a+rX /usr/local \\
 && ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \\
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
CMD ["node"]
`
}
