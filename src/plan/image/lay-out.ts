import type { Step } from "../types.js"

/**
 * Where programs are put: below it, at the place that they have in the image. A folder in a folder, since BuildKit looks at
 * all that is beside what is copied.
 */
export const outputPath = "/out/image"

const script = "/lay-out.sh"

/*
 * What a layer says of a file beside its content (its time, its owner, and those of the folders that it is in) is the same
 * for the same program, whoever builds it and when. It is done by the step that compiles: a step of its own would take
 * a tenth of an edit's time.
 */
const content = `set -eu
owner=$1 folder=${outputPath}$2
shift 2
umask 0022
"$@"
cd ${outputPath}
find . -type d -exec chown 0:0 {} +
find . ! -type d -exec chown -h "$owner" {} +
if [ -d "$folder" ] && [ ! -L "$folder" ]; then chmod 1777 "$folder"; fi
find . -exec touch -h -d @0 {} +
`

/** Once in a stage; it is the same for every project. */
export const layOutScript: Step = { type: "file", path: script, content, mode: 0o755 }

/** Whose files of the image are what. */
export interface Layout {
  /** Of the programs, `uid:gid`. */
  owner: string
  /** The image's folder that every user may write to. */
  shared: string
}

/** A command that makes programs below `outputPath`. */
export function layOut(args: readonly string[], { owner, shared }: Layout): string[] {
  return ["/bin/sh", script, owner, shared, ...args]
}

/** What makes no program, where something else has changed some. */
export const nothing = ["true"]
