import type { Binary, ImageConfig } from "../types.js"

type Run = Pick<ImageConfig, "entrypoint" | "command">

/** The program that a command runs: the one that it names last, in a shell's script, too; else the only one. */
export function runProgram(
  { entrypoint, command }: Run,
  binaries: readonly Binary[],
): Binary | undefined {
  const named = [...entrypoint, ...command]
    .flatMap((word) => word.split(/[\s;&|()]+/))
    .findLast((word) => binaries.some(({ installed }) => installed === word))
  return (
    binaries.find(({ installed }) => installed === named) ??
    (binaries.length === 1 ? binaries[0] : undefined)
  )
}

/** What an image is called where nobody says: as the program that it runs, else as the first one in it. */
export function imageName(
  { image, binaries }: { image: Run; binaries: readonly Binary[] },
  unnamed = "image",
): string {
  return (runProgram(image, binaries) ?? binaries[0])?.name ?? unnamed
}
