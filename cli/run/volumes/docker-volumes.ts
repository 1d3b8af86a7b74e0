import { CommandFailed, run } from "../../system/command.js"
import { cacheFolderName } from "../../system/cache-folders.js"
import { volumePaths } from "./volumes.js"

/** Volumes of Docker's for what images declare as volumes, so that what is in them outlives a container. */
export class DockerVolumes {
  private readonly names = new Set<string>()

  /** @param prefix Of their names. */
  constructor(private readonly prefix: string) {}

  /** `NAME:PATH` of each volume of an image. Docker makes them, and fills them with what the image has there. */
  async of(image: string): Promise<string[]> {
    const format = "{{json .Config.Volumes}}"
    const answer = await run(["docker", "image", "inspect", "--format", format, image])
    const Volumes = (JSON.parse(answer) ?? undefined) as Record<string, object> | undefined
    return volumePaths({ Volumes }).map((path) => {
      const name = `${this.prefix}-${cacheFolderName(path)}`
      this.names.add(name)
      return `${name}:${path}`
    })
  }

  /** When no container has them any more. */
  async remove(): Promise<void> {
    if (this.names.size === 0) return
    try {
      await run(["docker", "volume", "rm", "--force", ...this.names])
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error
    }
    this.names.clear()
  }
}
