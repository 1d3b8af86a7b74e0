import { run } from "./command.js"

/** Empty where a dagger command is found and an engine can be reached. */
export async function whyNoDagger(): Promise<string> {
  try {
    // Asks the engine, and so starts or reaches one.
    const { code } = await run(["timeout", "60", "dagger", "core", "version"])
    if (code === 0) return ""
    return code === 127 ? "no dagger command" : "no Dagger engine can be reached"
  } catch (error) {
    return (error as Error).message
  }
}

/** Whether the engine, which may be on another machine, gets an answer from a URL of this one. */
export async function reaches(url: string): Promise<boolean> {
  const { code } = await run(["dagger", "core", "http", `--url=${url}`, "contents"])
  return code === 0
}
