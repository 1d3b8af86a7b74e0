import { quote, type Completed, type CompletedCommand } from "./words.js"

/** For zsh: https://zsh.sourceforge.io/Doc/Release/Completion-System.html */
export function zshCompletion(program: string, commands: readonly CompletedCommand[]): string {
  const named = commands.filter(({ name }) => name !== "")
  return `#compdef ${program}
# ${program}'s completion for zsh: source <(${program} completion zsh)
_go_image() {
  local -a commands options
  commands=(
${named.map(({ name, help }) => `    ${quote(`${name}:${escape(help)}`)}`).join("\n")}
  )
  case $words[2] in
${commands.map(optionsCase).join("\n")}
  esac
  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
    _describe command commands
    _files -/
    return
  fi
  _arguments -s -S : $options '*:file:_files'
}
if [ "$funcstack[1]" = _go_image ]; then
  _go_image "$@"
else
  compdef _go_image ${program}
fi
`
}

function optionsCase({ name, options }: CompletedCommand): string {
  const specs = options.flatMap(optionSpecs).map((spec) => `      ${quote(spec)}`)
  return `    ${name || "*"}) options=(\n${specs.join("\n")}\n    ) ;;`
}

/** All may be given again: whether one makes sense twice is for the program to say. */
function optionSpecs({ long, short, help, value }: Completed): string[] {
  const action = { none: "", file: ":file:_files", other: ":value: " }
  const words = Array.isArray(value) ? `:value:(${value.join(" ")})` : action[value as "none"]
  const names = short === undefined ? [long] : [long, short]
  return names.map((name) => {
    // --output=FILE, --output FILE; -o FILE
    const equals = value !== "none" && name.startsWith("--") ? "=" : ""
    return `*${name}${equals}[${escape(help)}]${words}`
  })
}

function escape(text: string): string {
  return text.replaceAll(/[[\]:\\]/g, "\\$&")
}
