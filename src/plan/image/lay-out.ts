/**
 * Where programs are put: below it, at the place that they have in the image. A folder in a folder, since BuildKit looks at
 * all that is beside what is copied.
 */
export const outputPath = "/out/image"
const outputRoot = "/out"

/** Whose files of the image are what. */
export interface Layout {
  /** Of the programs, `uid:gid`. */
  owner: string
  /** The image's folder that every user may write to. */
  shared: string
  /** Who changes the programs next, once they are made: no link of that user's is followed. */
  handedTo?: string
}

/*
 * What a layer says of a file beside its content (its time, its owner, and those of the folders that it is in) is the same
 * for the same program, whoever builds it and when. It is done by the step that compiles: a step of its own would take
 * a tenth of an edit's time.
 */
const sameTimes = `# The same program makes the same layer, whenever it is built.
find ${outputPath} -exec touch -h -d @0 {} +
`

/** A command of ours that makes programs below `outputPath`, which are root's then; `output` is one, or their folder. */
export function layOut(
  args: readonly string[],
  output: string,
  { owner, shared, handedTo }: Layout,
): string[] {
  const script = `set -e
"$0" "$@"
${owner === "0:0" ? "" : `find ${outputPath} ! -type d -exec chown -h ${owner} {} +\n`}${
    output.startsWith(`${outputPath}${shared}/`) ? `chmod 1777 ${outputPath}${shared}\n` : ""
  }${sameTimes}${handedTo === undefined ? "" : `chown -R ${handedTo} ${outputRoot}\n`}`
  return ["/bin/sh", "-c", script, ...args]
}

/** The same where code of the project has been at what was made. */
export function layOutAgain({ owner, shared }: Layout): string[] {
  const folder = `${outputPath}${shared}`
  const script = `set -e
find ${outputPath} -type d -exec chown 0:0 {} +
find ${outputPath} ! -type d -exec chown -h ${owner} {} +
if [ -d ${folder} ] && [ ! -L ${folder} ]; then chmod 1777 ${folder}; fi
${sameTimes}`
  return ["/bin/sh", "-c", script]
}
