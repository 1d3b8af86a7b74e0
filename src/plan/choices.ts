import type { Facts } from "../detect/facts.js"
import type { PackageChoice } from "../detect/packages/package-choice.js"
import { choosePackages } from "../detect/packages/packages.js"
import type { Settings } from "../settings/resolve.js"
import { chooseBuilder } from "./bases/choose-builder.js"
import { parsePlatform, type TargetPlatform } from "./bases/platform.js"
import type { RuntimeBase } from "./bases/runtimes.js"
import { workingDirectory } from "../settings/image-paths.js"
import { chooseCgo, type CgoChoice } from "./go/cgo.js"
import { checkMissing } from "./go/check-missing.js"
import { checkSums } from "./go/check-sums.js"
import { goCommand } from "./go/go-command.js"
import { nameBinaries } from "./image/binary-names.js"
import { chooseCommand } from "./image/command.js"
import { chooseFolders } from "./image/image-folders.js"
import { chooseUser } from "./image/image-user.js"
import { chooseLabels } from "./image/labels.js"
import { outputPath } from "./image/lay-out.js"
import { choosePorts } from "./image/ports.js"
import { imageName } from "./programs/run-program.js"
import { healthCheckCommand } from "./programs/health-check.js"
import { checkCopies } from "./stages/copied-files.js"
import { keptFolders } from "./stages/asset-stage.js"
import { dependenciesOfPrograms } from "./stages/dependencies/dependency-stage.js"
import { chooseOsPackages } from "./stages/os-packages.js"
import type { Binary } from "./types.js"
import { chooseStamp } from "./version/stamp.js"

/** All that is decided of a build, before any of it is written as a step. */
export type Choices = ReturnType<typeof choose>

export function choose(facts: Facts, settings: Settings) {
  const { version, runtime, unlocked } = chooseBuilder(facts, settings)
  const choice = choosePackages(facts.programs, settings)
  checkSums(facts, choice.packages, version)
  checkMissing(facts)
  const binaries = placeBinaries(facts, settings, choice, runtime)
  checkCopies(facts, settings, binaries)
  const command = chooseCommand(settings, { facts, binaries, runtime })
  const ports = choosePorts(facts, settings, command, binaries)
  const user = chooseUser(settings, runtime.user)
  const folders = chooseFolders(settings)
  const healthCheck = healthCheckCommand(settings.healthCheck, ports)
  const baseImage = runtime.image?.(version)
  const platform = parsePlatform(settings.platform)
  const compiling = chooseCompiling(facts, settings, { version, runtime, platform })
  const stamp = chooseStamp(facts, settings, version, imageName({ image: command, binaries }))
  const labels = chooseLabels(facts, settings, stamp, { binaries, baseImage })
  return {
    ...{ facts, settings, version, runtime, unlocked, choice, binaries, command, ports, user },
    ...{ folders, healthCheck, baseImage, platform, ...compiling, stamp, labels },
    // With programs elsewhere, none can be replaced by who owns the working directory.
    owner: runtime.userOwnsPrograms ? `${user.uid}:${user.gid}` : "0:0",
  }
}

/** How the go command is run. */
function chooseCompiling(
  facts: Facts,
  settings: Settings,
  of: Pick<ReturnType<typeof chooseBuilder>, "version" | "runtime"> & { platform?: TargetPlatform },
) {
  const { version, runtime, platform } = of
  const cgo: CgoChoice = chooseCgo(facts, settings, runtime, platform)
  const osPackages = chooseOsPackages(settings, runtime, cgo)
  const go = goCommand(settings, version, runtime, platform, cgo, osPackages.builder)
  const dependencies = dependenciesOfPrograms(facts, settings, version, go, platform, "sources")
  return {
    ...{ cgo, osPackages, dependencies },
    go: dependencies ? { ...go, dependencies: dependencies.use } : go,
  }
}

function placeBinaries(
  facts: Facts,
  { binaryName }: Settings,
  { packages }: PackageChoice,
  { programFolder, programName, programsFolder }: RuntimeBase,
): Binary[] {
  const names = nameBinaries(
    packages,
    programFolder === workingDirectory ? keptFolders(facts) : [],
    binaryName?.value,
    facts.dockerfile?.run?.name,
  )
  return packages.map(({ path, importPath, module }, index) => {
    const name = names[index] ?? ""
    const installed =
      packages.length > 1
        ? `${programsFolder}/${name}`
        : `${programFolder}/${binaryName?.value ?? programName ?? name}`
    const built = `${outputPath}${installed}`
    return { name, package: path, importPath, module, built, installed }
  })
}
