/** Go and gofmt name files from the module on; a person finds them from the source on. */
export function fromSource(output: string, module: string): string {
  if (module === "") return output
  return output.replace(
    /^(\s*(?:vet: )?)(?:\.\/)?([^\s:/][^\s:]*\.go)(?=:\d|$)/gm,
    (_, before: string, file: string) => `${before}${module}/${file}`,
  )
}
