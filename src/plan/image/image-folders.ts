import { UserError } from "../../errors.js"
import type { Settings } from "../../settings/resolve.js"
import { isImagePath, workingDirectory } from "../../settings/image-paths.js"
import type { Setting } from "../../settings/setting.js"

/** Folders of an image besides the program's own. */
export interface ImageFolders {
  workingDirectory: string
  /** Made, and the user's. */
  owned: string[]
  volumes: string[]
}

export function chooseFolders(settings: Settings): ImageFolders {
  const volumes = absolutePaths("volumes", settings.volumes)
  const folders = absolutePaths("folders", settings.folders)
  const { workingDirectory: asked } = settings
  const [directory = workingDirectory] = absolutePaths(
    "workingDirectory",
    asked && { value: [asked.value], from: asked.from },
  )
  // Not one that a base image has.
  const own =
    /^\/(?:$|tmp$|(?:usr|etc|var|bin|sbin|lib|root|home|opt|srv|mnt|dev|proc|sys)(?:$|\/))/
  const made = directory === workingDirectory || own.test(directory) ? [] : [directory]
  return {
    workingDirectory: directory,
    owned: [...new Set([...made, ...folders, ...volumes])]
      // In it, users may write anyway, and not replace the program.
      .filter((folder) => folder !== workingDirectory)
      .sort(),
    volumes: [...new Set(volumes)].sort(),
  }
}

function absolutePaths(
  name: "volumes" | "folders" | "workingDirectory",
  setting: Setting<string[]> | undefined,
): string[] {
  return (setting?.value ?? []).map((path) => {
    if (isImagePath(path) || (path === "/" && name === "workingDirectory")) {
      return path.replace(/(.)\/$/, "$1")
    }
    throw new UserError(
      `not the path of a folder in an image: ${JSON.stringify(path)} (${setting?.from})`,
      {
        hint: "Write an absolute path of letters, digits and . _ + @ ~ -, such as /data.",
      },
    )
  })
}
