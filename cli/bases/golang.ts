import { createHash } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Engine, OciLayout } from "../engine/engine.js"
import { hostCertificates } from "../http/certificates.js"
import type { About, BaseStore } from "./store.js"
import { downloadToolchain } from "./toolchain.js"

export interface GolangParts {
  version: string
  /** Reference and layout of the Debian that it stands on. */
  debian: { image: string; layout: OciLayout }
}

/** An image like Docker Hub's `golang`, made by the engine from Debian's packages and Go's toolchain module. */
export async function makeGolang(
  { version, debian }: GolangParts,
  engine: Engine,
  store: BaseStore,
  announce: (again: string | undefined) => void,
  about: About,
): Promise<OciLayout> {
  const { signal } = about
  const certificates = hostCertificates()
  const text = dockerfile(debian.image, version)
  const make = async (again: string | undefined) => {
    announce(again)
    const toolchain = await downloadToolchain(version, store, signal)
    writeFileSync(join(store.workspace, "ca-certificates.crt"), certificates)
    const { metadata } = await engine.build({
      // The engine has the packages of the last time, where it still has that step.
      dockerfile: again === undefined ? text : text.replace(/^RUN /m, "ARG MADE_ANEW\nRUN "),
      buildArgs: again === undefined ? {} : { MADE_ANEW: new Date().toISOString() },
      context: store.workspace,
      ignore: [],
      layouts: { [debian.image]: debian.layout },
      folders: { toolchain },
      output: { type: "layout", path: store.folder },
      onProgress: () => undefined,
      signal,
    })
    return metadata["containerimage.digest"] ?? ""
  }
  const parts = [text, debian.layout.digest, certificates]
  const key = createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12)
  return store.get(`golang-${version}-${key}`, make, about)
}

/** What Docker Hub's image has for cgo, and for modules that are fetched from repositories. */
const packages = [
  ...["ca-certificates", "g++", "gcc", "git", "libc6-dev", "make", "openssh-client"],
  ...["pkg-config", "tzdata"],
]

/**
 * The certificates that this machine trusts have a place of their own, and not Debian's: what a runtime stage copies
 * from there must not say whom this machine trusts. Go's distribution comes last, a layer per version on shared ones.
 */
function dockerfile(debian: string, version: string): string {
  const certificates = "/usr/local/share/go-image/ca-certificates.crt"
  return `FROM ${debian}
COPY ca-certificates.crt ${certificates}
ENV SSL_CERT_FILE=${certificates} GIT_SSL_CAINFO=${certificates} CURL_CA_BUNDLE=${certificates}
RUN apt-get -o Acquire::https::CaInfo=${certificates} update \\
 && apt-get -o Acquire::https::CaInfo=${certificates} install -y --no-install-recommends ${packages.join(" ")} \\
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/apt /var/log/dpkg.log
ENV GOPATH=/go GOTOOLCHAIN=local PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN mkdir -p /go/src /go/bin && chmod -R 1777 /go
WORKDIR /go
ENV GOLANG_VERSION=${version}
RUN --mount=type=bind,from=toolchain,target=/toolchain \\
    cp -R /toolchain /usr/local/go \\
 && chmod -R u+w,a+rX /usr/local/go \\
 && chmod a+x /usr/local/go/bin/* /usr/local/go/pkg/tool/*/*
CMD ["bash"]
`
}
