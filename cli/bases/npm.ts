import { join } from "node:path"
import { SetupError } from "../errors.js"
import { CommandFailed, onPath, run } from "../system/command.js"

/** The versions of a package that npm's registry has. */
export async function listPackageVersions(name: string, signal?: AbortSignal): Promise<string[]> {
  const json = await npm(["view", name, "versions", "--json"], `the versions of ${name}`, {
    cwd: "/",
    signal,
  })
  const versions = JSON.parse(json) as string | string[]
  return [versions].flat()
}

/** Downloads a package as an archive into a folder, and gives its path. */
export async function packPackage(
  spec: string,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const json = await npm(["pack", spec, "--json", "--pack-destination", folder], spec, {
    cwd: folder,
    signal,
  })
  const [packed] = JSON.parse(json) as { filename: string }[]
  if (!packed) throw new SetupError(`npm could not download ${spec}`)
  return join(folder, packed.filename)
}

async function npm(
  args: string[],
  what: string,
  options: { cwd: string; signal?: AbortSignal },
): Promise<string> {
  if (!onPath("npm")) {
    throw new SetupError("node images are made with npm, which is not on PATH", {
      hint: "Install Node.js with npm, or use a machine that can reach the image registry.",
    })
  }
  try {
    return await run(["npm", ...args], options)
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    throw new SetupError(`npm could not get ${what}: ${error.why}\n${error.output.trimEnd()}`, {
      hint: "Check that npm's registry can be reached: `npm ping`.",
    })
  }
}
