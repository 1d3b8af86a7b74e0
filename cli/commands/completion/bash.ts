import { quote, type Completed, type CompletedCommand } from "./words.js"

/** For bash: https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion.html */
export function bashCompletion(program: string, commands: readonly CompletedCommand[]): string {
  const options = commands.flatMap((command) => command.options)
  const wordsOf = (names: readonly string[]) => quote(names.join(" "))
  const named = commands.filter(({ name }) => name !== "")
  const values = [...new Map(options.map((option) => [option.long, option])).values()]
  return `# ${program}'s completion for bash: source <(${program} completion bash)
_go_image() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} options
  # --runtime=scratch is three words for bash.
  if [ "$current" = "=" ]; then
    current=
  elif [ "$previous" = "=" ]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  COMPREPLY=()
  case $previous in
${values.flatMap(valueCase).join("\n")}
  esac
  case \${COMP_WORDS[1]} in
${commands.map(({ name, options }) => `    ${name || "*"}) options=${wordsOf(options.flatMap(namesOf))} ;;`).join("\n")}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
    return
  fi
  compopt -o default 2>/dev/null
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${wordsOf(named.map(({ name }) => name))} -- "$current") $(compgen -d -- "$current"))
  fi
}
complete -F _go_image ${program}
`
}

function namesOf({ long, short }: Completed): string[] {
  return short === undefined ? [long] : [long, short]
}

/** What is offered after an option; nothing for one that has no value. */
function valueCase(option: Completed): string[] {
  const { value } = option
  if (value === "none") return []
  const names = namesOf(option).join(" | ")
  if (value === "file") return [`    ${names}) compopt -o default 2>/dev/null; return ;;`]
  if (value === "other") return [`    ${names}) return ;;`]
  const words = quote(value.join(" "))
  return [`    ${names}) COMPREPLY=($(compgen -W ${words} -- "$current")); return ;;`]
}
