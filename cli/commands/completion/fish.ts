import type { Completed, CompletedCommand } from "./words.js"

/** For fish: https://fishshell.com/docs/current/completions.html */
export function fishCompletion(program: string, commands: readonly CompletedCommand[]): string {
  const named = commands.filter(({ name }) => name !== "")
  const names = named.map(({ name }) => name).join(" ")
  const lines = commands.flatMap(({ name, options }) => {
    const when = `__fish_seen_subcommand_from ${name || names}`
    const condition = quote(name ? when : `not ${when}`)
    return options.map((option) => `complete -c ${program} -n ${condition}${optionText(option)}`)
  })
  return `# ${program}'s completion for fish: ${program} completion fish | source
${named.map(({ name, help }) => `complete -c ${program} -n __fish_is_first_arg -a ${name} -d ${quote(help)}`).join("\n")}
${lines.join("\n")}
`
}

function optionText({ long, short, help, value }: Completed): string {
  const argument =
    value === "none"
      ? ""
      : value === "file"
        ? " -r -F"
        : value === "other"
          ? " -x"
          : ` -x -a ${quote(value.join(" "))}`
  const alias = short === undefined ? "" : ` -s ${short.slice(1)}`
  return ` -l ${long.slice(2)}${alias}${argument} -d ${quote(help)}`
}

function quote(text: string): string {
  return `'${text.replaceAll(/['\\]/g, "\\$&")}'`
}
