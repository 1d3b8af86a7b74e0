/** A script of the project that runs before or after the programs are built. https://devcenter.heroku.com/articles/go-support */
export interface Hook {
  file: string
  /** What runs it: its first line says so, otherwise the POSIX shell. It need not be executable, since some checkouts lose that mode. */
  interpreter: string[]
}

export const hookFiles = { preCompile: "bin/go-pre-compile", postCompile: "bin/go-post-compile" }

export function parseHook(file: string, text: string): Hook {
  const [, line = ""] = /^#!\s*(.*?)\s*(?:\n|$)/.exec(text) ?? []
  const [, program, argument] = /^(\S+)(?:\s+(.*))?$/.exec(line) ?? []
  // As the kernel reads it: all that follows the program is one argument.
  const interpreter =
    program === undefined ? ["/bin/sh"] : [program, ...(argument ? [argument] : [])]
  return { file, interpreter }
}
