import { confirm, intro, isCancel, log, outro, select, text } from "@clack/prompts"
import { runtimes } from "../../../src/plan/bases/runtimes.js"
import { ciProviderNames, ciProviders } from "../../../src/ci/providers.js"
import { noProvider } from "./command.js"

/** Ctrl-C, or Escape. */
export class Cancelled extends Error {
  override name = "Cancelled"
}

const output = process.stderr

/** Questions for a person, on standard error as all messages are. An empty answer takes the default. */
export const ask = {
  begin: (title: string) => {
    intro(title, { output })
  },
  tell: (line: string) => {
    log.info(line, { output })
  },
  show: (title: string, content: string) => {
    log.step(title, { output })
    log.message(content.split("\n"), { output, spacing: 0 })
  },
  end: (line: string) => {
    outro(line, { output })
  },

  runtime: (found: string): Promise<string> =>
    answer(
      select({
        message: "Which base image?",
        initialValue: found,
        options: Object.values(runtimes).map(({ name, shell }) => ({
          value: name,
          label: name,
          hint: shell ? "with a shell" : "without a shell",
        })),
        output,
      }),
    ),

  port: (found: string): Promise<string> =>
    answer(
      text({
        message: "Which port does the program listen on?",
        placeholder: found,
        defaultValue: found,
        validate: (value) =>
          value === undefined || /^(?:|\d{1,5}(?:\/(?:tcp|udp))?)$/.test(value)
            ? undefined
            : "A number such as 8080, or 0 for none",
        output,
      }),
    ),

  healthCheck: (): Promise<string> =>
    answer(
      text({
        message: "HTTP path of a health check, such as /healthz? (empty: none)",
        defaultValue: "",
        validate: (value) =>
          value === undefined || /^(?:|\/\S*)$/.test(value) ? undefined : "A path starts with /",
        output,
      }),
    ),

  eachProgram: (names: readonly string[]): Promise<boolean> =>
    answer(
      select({
        message: `${names.length} programs: ${names.join(", ")}`,
        initialValue: false,
        options: [
          { value: false, label: "one image with all of them" },
          { value: true, label: "an image for each" },
        ],
        output,
      }),
    ),

  privateModules: (): Promise<string> =>
    answer(
      text({
        message: "Private modules, such as github.com/acme/*? (empty: none)",
        defaultValue: "",
        output,
      }),
    ),

  provider: (found: string): Promise<string> =>
    answer(
      select({
        message: "A pipeline file for which CI provider?",
        initialValue: found,
        options: [
          ...ciProviderNames.map((name) => ({
            value: name,
            label: ciProviders[name].title,
            hint: ciProviders[name].file,
          })),
          { value: noProvider, label: "none" },
        ],
        output,
      }),
    ),

  agree: (message: string, initialValue: boolean): Promise<boolean> =>
    answer(confirm({ message, initialValue, output })),
}

async function answer<T>(prompt: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await prompt
  if (isCancel(value)) throw new Cancelled()
  return value as Exclude<T, symbol>
}
