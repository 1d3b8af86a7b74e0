import { wordsOf, type Instruction } from "../../../../src/detect/dockerfile/instructions.js"
import type { Missing } from "../../../../src/plan/image/dockerfile-notices.js"
import type { Row } from "./go-build.js"
import type { ImportedImage } from "./known-image.js"

/** What a build tells of this line, since its image has it not: files, folders, capabilities, the command. */
export function rowsOfMissing(instruction: Instruction, image: ImportedImage): Row[] {
  const { name, line } = instruction
  const { missing } = image.known
  if (name === "ENTRYPOINT" || name === "CMD") return commandOf(instruction, image)
  const at = missing.flatMap((each) =>
    each.found
      .filter((found) => found.line === line)
      .map(({ value, there, here }) => ({ ...each, value, there, here })),
  )
  if (name === "RUN") return at.flatMap((each) => rowOfRun(each) ?? [])
  if (name !== "COPY" && name !== "ADD") return []
  return at.map(({ what, value, setting, there, here }): Row => {
    if (setting === "keep") {
      const row = { option: name, value, setting, writes: { keep: [value] } }
      const meaning = "left out of the image without it"
      return there === undefined
        ? { ...row, status: "setting", meaning }
        : {
            ...{ ...row, status: "not supported" },
            meaning: `${meaning}; with it, ${elsewhere(there, value, image).meaning}`,
          }
    }
    if (here !== undefined) return { option: name, value, ...elsewhere(value, here, image) }
    const kind = what.startsWith("libraries") ? "a library" : "a file"
    const meaning = `${kind} that is not in this image; --runtime takes an image that has it`
    return { option: name, value, status: "not supported", setting: "runtime", meaning }
  })
}

/** A file of the source that has another path here. */
function elsewhere(path: string, here: string, image: ImportedImage) {
  const start = startFor(path, here, image)
  const status = "not supported" as const
  if (start !== undefined) {
    const meaning = `in this image it is /app/${here}; working-directory = "${start}" lets the program find it by the same path`
    return { status, setting: "workingDirectory" as const, meaning }
  }
  const meaning = `in this image it is /app/${here}, not ${path}; tell the program with --command or --environment`
  return { status, setting: undefined, meaning }
}

/** Where a program would have to start here, to find by a relative path what is below its WORKDIR there. */
function startFor(
  path: string,
  here: string,
  { workingDirectory: { path: start } }: ImportedImage,
): string | undefined {
  if (start === undefined || start === "/" || !path.startsWith(`${start}/`)) return undefined
  const relative = path.slice(start.length)
  return here.endsWith(relative) ? `/app/${here.slice(0, -relative.length)}` : undefined
}

/** Something that is copied to the WORKDIR is at another relative path here. */
export function hasOtherPaths(image: ImportedImage): boolean {
  const { path: start } = image.workingDirectory
  return image.known.missing.some(({ found }) =>
    found.some(
      ({ value, here }) =>
        here !== undefined && start !== undefined && value.startsWith(`${start}/`),
    ),
  )
}

function rowOfRun({ what, value, setting }: Missing & { value: string }): Row | undefined {
  if (setting === "folders") return { option: "RUN mkdir", value, writes: { folders: [value] } }
  if (setting === "capabilities")
    return { option: "RUN setcap", value, writes: { capabilities: [value] } }
  if (!what.startsWith("files that RUN makes")) return undefined
  const meaning = "a file that is not in this image; --runtime takes an image that has it"
  return { option: "RUN", value, setting: "runtime", meaning }
}

/** What reaps other processes, and is not in this image. */
export function initOf(text: string): Row[] {
  const [value = ""] = wordsOf(text) ?? []
  const isInit = /(?:^|\/)(?:tini(?:-static)?|dumb-init|catatonit)$/.test(value)
  return isInit ? [{ option: "ENTRYPOINT tini", value }] : []
}

/** ENTRYPOINT and CMD are one command, whose arguments may name files of that image. */
function commandOf(
  { name, text, written }: Instruction,
  { known, dockerfile }: ImportedImage,
): Row[] {
  const told = known.missing.find(({ what }) => what === "arguments" || what === "the command")
  if (!told || !dockerfile.entry) return []
  const of = { option: name, value: written, setting: "command" as const }
  if (told.command) {
    const { program, entryArguments, defaultArguments } = told.command
    // What stands behind a command's program is given up where the image is run with other arguments; ENTRYPOINT's is not.
    const writes =
      entryArguments.length === 0
        ? { command: [program, ...defaultArguments].join(" ") }
        : {
            command: program,
            entryArguments,
            ...(defaultArguments.length > 0 && { defaultArguments }),
          }
    const meaning = "with the paths that its files have in this image"
    return [...initOf(text), { ...of, status: "setting", meaning, writes }]
  }
  const meaning =
    told.what === "arguments"
      ? "its arguments name files or variables of that image: write the command for this one"
      : "it does not start one of the project's programs by name: write the command for this image"
  return [...initOf(text), { ...of, status: "not supported", meaning }]
}
