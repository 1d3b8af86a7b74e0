import { wordsOf, type Instruction } from "../../../../src/detect/dockerfile/instructions.js"
import type { Missing } from "../../../../src/plan/image/own-dockerfile/missing.js"
import type { Row } from "./go-build.js"
import type { ImportedImage, KnownImage } from "./known-image.js"

/** What a build tells of this line, since its image has it not: files, folders, capabilities, the command. */
export function rowsOfMissing(instruction: Instruction, image: ImportedImage): Row[] {
  const { name, line } = instruction
  const { missing } = image.known
  if (name === "ENTRYPOINT" || name === "CMD") return commandOf(instruction, image)
  if (name === "RUN") return rowsOfMissingRun(instruction, image.known)
  const at = toldAt(missing, line)
  if (name !== "COPY" && name !== "ADD") return []
  return at.map(({ what, value, setting, place }): Row => {
    if (setting === "copy" && place !== undefined) {
      const meaning = `in this image at ${place}`
      const copy = [`${value}=${place}`]
      return { option: name, value, status: "setting", setting, meaning, writes: { copy } }
    }
    if (setting === "workingDirectory") {
      return { option: "no WORKDIR", value, writes: { workingDirectory: value } }
    }
    if (setting === "keep") {
      const row = { option: name, value, setting, writes: { keep: [value] } }
      return { ...row, status: "setting", meaning: "left out of the image without it" }
    }
    const kind = what.startsWith("libraries") ? "a library" : "a file"
    const meaning = `${kind} that is not in this image; --runtime takes an image that has it`
    return { option: name, value, status: "not supported", setting: "runtime", meaning }
  })
}

/** Of the image, or of a stage whose files it gets with what setcap gave them. */
export function rowsOfMissingRun(
  { line }: Pick<Instruction, "line">,
  { missing }: Pick<KnownImage, "missing">,
): Row[] {
  const copied = missing.filter(({ setting }) => setting === "copy").flatMap(({ found }) => found)
  const isCopied = (path: string) => copied.some(({ place }) => place === path)
  return toldAt(missing, line).flatMap((each) => rowOfRun(each, isCopied(each.value)) ?? [])
}

function toldAt(missing: readonly Missing[], line: number) {
  return missing.flatMap((each) =>
    each.found
      .filter((found) => found.line === line)
      .map(({ value, place }) => ({ ...each, value, place })),
  )
}

function rowOfRun(
  { what, value, setting }: Missing & { value: string },
  isCopied: boolean,
): Row | undefined {
  if (setting === "folders") return { option: "RUN mkdir", value, writes: { folders: [value] } }
  if (setting === "capabilities")
    return { option: "RUN setcap", value, writes: { capabilities: [value] } }
  if (!what.startsWith("files that RUN makes")) return undefined
  const meaning = isCopied
    ? "it changes the file, which this image has as it is in the project: change it there"
    : "a file that is not in this image; --runtime takes an image that has it"
  return { option: "RUN", value, setting: isCopied ? "copy" : "runtime", meaning }
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
  const told = known.missing.find(({ typed }) => typed.startsWith("--command"))
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
  const [script] = told.what.startsWith("a script") ? told.found : []
  const meaning = script
    ? `${script.value} does not run in this image, the program starts by itself: if it needs the script, write the command with its path here`
    : told.what === "arguments"
      ? "its arguments name files or variables of that image: write the command for this one"
      : "it does not start one of the project's programs by name: write the command for this image"
  return [...initOf(text), { ...of, status: "not supported", meaning }]
}
