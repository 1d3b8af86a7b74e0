import { imageName } from "../../../../src/plan/programs/run-program.js"
import type { Plan } from "../../../../src/plan/types.js"
import { parseReference } from "../../../../src/reference.js"
import { isTcp, portNumber } from "../../../../src/settings/ports.js"
import type { Output } from "../../../engine/engine.js"

/**
 * Commands that start an image where it is now, each as it is typed in a shell: of an archive, an image in Docker, or one in
 * a registry, which Kubernetes can pull as well.
 *
 * @param image.images Names with their digest.
 * @param image.isArchiveForAll An archive has what Docker's older store reads.
 */
export function runLines(
  output: Output,
  plan: Plan,
  { images, isArchiveForAll }: { images: readonly string[]; isArchiveForAll: boolean },
): string[] {
  const { image } = plan
  const ports = image.ports
    .map((port) => ` -p ${portNumber(port)}:${portNumber(port)}${isTcp(port) ? "" : "/udp"}`)
    .join("")
  if (output.type === "oci") {
    const [docker = "", ...others] = ofArchive(output.path, output.tags, ports)
    return [isArchiveForAll ? docker : docker + newStore, ...others]
  }
  const [reference] = images
  if (output.type === "load") return [`docker run --rm${ports} ${output.tags[0] ?? ""}`]
  if (output.type !== "push" || reference === undefined) return []
  const name = resourceName(imageName(plan, "app"))
  const tcp = image.ports.find(isTcp)
  // What it has no port for, a program may do once or without end.
  const isOneOfBoth = image.ports.length === 0 ? "  # or job, if it ends" : ""
  const port = tcp === undefined ? "" : ` --port=${portNumber(tcp)}`
  const kubectl = `kubectl create deployment ${name} --image=${reference}${port}${isOneOfBoth}`
  return [`docker run --rm${ports} ${reference}`, `podman run --rm${ports} ${reference}`, kubectl]
}

/** Docker's older image store reads no image of several platforms. */
const newStore = "  # with Docker's containerd image store; else build with --load"

function ofArchive(path: string, tags: readonly string[], ports: string): string[] {
  const [tag] = tags
  const load = `docker load --input ${quote(path)}`
  const docker = tag === undefined ? load : `${load} && docker run --rm${ports} ${tag}`
  // Of an archive with several names, Podman wants to be told one, and knows only what stands behind their colons.
  const names = tags.map((each) => parseReference(each).tag ?? "latest")
  const only = names.find((name) => names.indexOf(name) === names.lastIndexOf(name))
  const from = `oci-archive:${path}${tags.length > 1 ? `:${only}` : ""}`
  const podman = `podman run --rm${ports} ${quote(from)}`
  return [docker, ...(tags.length > 1 && only === undefined ? [] : [podman])]
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
function resourceName(name: string): string {
  const label = name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 63)
  return label.replace(/-+$/, "") || "app"
}

/** For a POSIX shell, where a word is not plain. */
function quote(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
