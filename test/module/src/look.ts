import { type Container, dag, ImageLayerCompression, type Service } from "@dagger.io/dagger"

/** Whoever asks: another container, as other services are. */
const client = () => dag.container().from("golang:1.25")

/** What a program answers on its port. */
export async function get(service: Service, path: string): Promise<string> {
  const answer = await client()
    .withServiceBinding("program", service)
    .withExec(["curl", "--fail", "--silent", "--show-error", `http://program:8080${path}`])
    .stdout()
  return answer.trim()
}

/** The files below a folder of an image, by name. */
export async function filesOf(image: Container, folder: string): Promise<string[]> {
  const found = await image.directory(folder).glob("**/*")
  return found.filter((path) => !path.endsWith("/")).sort()
}

/** Whether any layer of an image, or its configuration, has a text in it. */
export async function holds(image: Container, text: string): Promise<boolean> {
  const archive = image.asTarball({ forcedCompression: ImageLayerCompression.Uncompressed })
  const exitCode = await client()
    .withMountedFile("/image.tar", archive)
    .withExec(["sh", "-c", `if grep -aqF '${text}' /image.tar; then echo yes; else echo no; fi`])
    .stdout()
  return exitCode.trim() === "yes"
}

/** The message of what must fail. */
export async function failure(action: Promise<unknown>): Promise<string> {
  const outcome = await action.then(
    () => undefined,
    (error: unknown) => error as Error,
  )
  if (outcome === undefined) throw new Error("it passed, and must fail")
  return outcome.message
}
