import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

import { askRegistries, resolveBases } from "../../cli/bases/resolve.js"
import { connect } from "../../cli/engine/choose.js"
import { cacheFolder } from "../../cli/system/folders.js"

const tls = fileURLToPath(new URL("tls/", import.meta.url))

/** The files of an image without a shell: what distroless ones have in common. */
function withoutShell(home: string, shell: string): string {
  return `FROM debian:bookworm-slim AS files
RUN mkdir -p /root/image/etc/ssl/certs /root/image${home} /root/image/usr/share /root/image/usr/bin \\
 && mkdir -m 1777 /root/image/tmp \\
 && ln -s usr/bin /root/image/bin \\
 && echo 'root:x:0:0:root:/root:${shell}' >/root/image/etc/passwd \\
 && echo 'nonroot:x:65532:65532:nonroot:${home}:${shell}' >>/root/image/etc/passwd \\
 && echo 'nonroot:x:65532:' >/root/image/etc/group \\
 && echo 'the bundle of the base image' >/root/image/etc/ssl/certs/ca-certificates.crt \\
 && chown 65532:65532 /root/image${home}
FROM scratch
COPY --from=files /root/image /
USER 65532
WORKDIR ${home}
ENTRYPOINT ["/usr/bin/of-the-base"]
CMD ["--help"]
`
}

/**
 * Base images for tests, as Dockerfiles: stand-ins for those that cannot be had everywhere, with what matters of theirs
 * (no shell; their user; their paths), and variants of golang.
 */
const dockerfiles = {
  /** Whoever is certified by the test's own authority is trusted. */
  golang: `FROM golang:1.25
COPY authority.pem /root/
RUN cat /root/authority.pem >>/etc/ssl/certs/ca-certificates.crt
`,
  /** Its Go does without the network. */
  offlineGolang: "FROM golang:1.25\nENV GOPROXY=off\n",
  ubuntu: `FROM debian:bookworm-slim
RUN echo 'ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash' >>/etc/passwd \\
 && echo 'ubuntu:x:1000:' >>/etc/group \\
 && echo 'VERSION_ID="24.04"' >/usr/lib/os-release
`,
  dhi: withoutShell("/home/nonroot", "/sbin/nologin"),
  distroless: withoutShell("/home/nonroot", "/sbin/nologin"),
  chainguard: withoutShell("/home/nonroot", "/sbin/nologin"),
  /** Somebody's own: it has a shell, runs as a user of its own and says where and what. */
  own: `FROM debian:bookworm-slim
RUN echo 'team:x:2000:2000::/srv:/bin/sh' >>/etc/passwd && echo team >/etc/motd
USER team
WORKDIR /srv
ENV MOTD=/etc/motd TZ=Asia/Tokyo
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["cat /etc/motd"]
`,
} as const

export type BaseName = keyof typeof dockerfiles

/** Makes base images as OCI layouts, on the engine that will build with them. */
export class Bases {
  private readonly made = new Map<BaseName, Promise<string>>()

  /** In this folder, which is the caller's to remove. */
  constructor(private readonly folder: string) {}

  /** The folder of the layout; made when it is first asked for. */
  layout(name: BaseName): Promise<string> {
    const layout = this.made.get(name) ?? this.make(name)
    this.made.set(name, layout)
    return layout
  }

  private async make(name: BaseName): Promise<string> {
    const report = { say: () => undefined }
    const context = join(this.folder, `${name}-context`)
    const layout = join(this.folder, name)
    mkdirSync(context, { recursive: true })
    copyFileSync(join(tls, "authority.pem"), join(context, "authority.pem"))
    linkKnownBlobs(layout)
    const dockerfile = dockerfiles[name]
    const from = [...dockerfile.matchAll(/^FROM (\S+:\S+)/gm)].map(([, image = ""]) => image)
    const engine = await connect({ report })
    try {
      const layouts = engine.embedded
        ? await resolveBases(from, await askRegistries(from), { engine, report })
        : {}
      await engine.build({
        dockerfile,
        context,
        ignore: [],
        layouts,
        output: { type: "layout", path: layout },
        onProgress: () => undefined,
      })
    } finally {
      await engine.close()
    }
    return layout
  }
}

/** Layers of the base images that were made on this machine need not be written again: a golang has a gigabyte. */
function linkKnownBlobs(layout: string): void {
  const blobs = join(layout, "blobs/sha256")
  mkdirSync(blobs, { recursive: true })
  const known = join(cacheFolder(), "bases/blobs/sha256")
  if (!existsSync(known)) return
  for (const name of readdirSync(known)) symlinkSync(join(known, name), join(blobs, name))
}
