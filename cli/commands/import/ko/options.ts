import { automatic, setting, unsupported, type ImportOption } from "../option.js"

/** Keys of .ko.yaml. https://ko.build/configuration/ */
export const koOptions: readonly ImportOption[] = [
  setting("defaultBaseImage", "runtime", "the base of the image"),
  setting(
    "no defaultBaseImage",
    "runtime",
    "ko's own default, cgr.dev/chainguard/static, has no shell; without this line, the base here is Debian",
  ),
  setting("baseImageOverrides", "runtime", "the base of one program's image"),
  setting("defaultPlatforms", "platform", "platforms of the image; --platform chooses others"),
  setting(
    "defaultEnv",
    "buildEnvironment",
    'variables of the go command; CGO_ENABLED=0 is cgo = "off"',
  ),
  setting("defaultFlags", "buildTags", "-tags; -trimpath and the like are always set"),
  setting("defaultLdflags", "linkerValues", "-X; -s and -w are always set"),
  automatic(
    "builds",
    "the programs to build; several become targets, as do the programs of a file without builds",
  ),
  automatic("id", "a program is known by its package"),
  automatic("dir", "the module is found by its go.mod"),
  setting("main", "packages", "the package of the program, if nothing else names it"),
  setting("env", "buildEnvironment", 'variables of the go command; CGO_ENABLED=0 is cgo = "off"'),
  setting("flags", "buildTags", "-tags; -trimpath and the like are always set"),
  setting("ldflags", "linkerValues", "-X; -s and -w are always set"),
  unsupported(
    "{{.Env.NAME}}",
    "variables of whoever builds have no effect; version and commit come from Git, the rest from --linker-values",
    "linkerValues",
  ),
  unsupported(
    "other templates",
    "go-image does not know it, like {{.Git.Branch}}; --linker-values sets a value",
    "linkerValues",
  ),
  setting("linux_capabilities", "capabilities", "capabilities of the program"),
  unsupported(
    "annotations",
    "annotations of the base image; the image's own are annotation",
    "annotation",
  ),
  unsupported("defaultBuildArgs", "not an option of the go command"),
  automatic(
    "programs",
    "those that the repository has ko build become targets; where nothing says which, all do",
  ),
  unsupported(
    "ko build",
    "in a Makefile, script or pipeline: `go-image . --tag IMAGE --push` does it, or the pipeline that `go-image ci` prints",
  ),
  automatic("kodata", "its folder is in the image, at $KO_DATA_PATH"),
  setting(
    "files",
    "drop",
    "ko's image has the program and kodata alone; drop leaves out the project's other files",
  ),
  unsupported("/ko-app", "programs are in /app: what starts /ko-app/NAME must start /app/NAME"),
]
