import { posix } from "node:path"

/**
 * Go and gofmt name files from the module on; a person finds them from the source on. What a test says begins with the name of
 * its file alone, whatever folder that is in: the line above has the package.
 */
export function fromSource(output: string, module: string): string {
  if (module === "") return output
  return output.replace(
    /^(\s*(?:vet: )?)(?:\.\/)?([^\s:/][^\s:]*\.go)(?=:\d|$)/gm,
    (text, before: string, file: string) =>
      /^\s/.test(before) && !file.includes("/") ? text : before + posix.join(module, file),
  )
}
