import { dockerfileOptions } from "./dockerfile/options.js"
import { koOptions } from "./ko/options.js"
import { automatic, setting, unsupported, type ImportOption } from "./option.js"

/** Tools whose settings are read, by their usual names. */
export const systems = {
  dockerfile: "Dockerfile",
  ko: "ko (.ko.yaml)",
  manifests: "Kubernetes, Helm and Compose files",
  procfile: "Procfile",
  heroku: "Heroku",
  paketo: "Paketo",
  google: "Google Cloud buildpacks",
  railpack: "Railpack (railpack.json)",
  nixpacks: "Nixpacks (nixpacks.toml)",
} as const

export type System = keyof typeof systems

/** Every option of every system: what `import` says, and docs/import.md. A new one is a row here. */
export const importOptions: Record<System, readonly ImportOption[]> = {
  dockerfile: dockerfileOptions,
  ko: koOptions,
  manifests: [
    unsupported(
      "ko://",
      "ko alone replaces it: write the name of the image that is pushed, REGISTRY/NAME:TAG",
    ),
    unsupported("command", "the path of a program in this image may be another one: write that"),
  ],
  procfile: [
    automatic("web", "what the image runs", "command"),
    unsupported(
      "release",
      "run it in another container of the same image, before the release: docker run --entrypoint /app/bin/NAME IMAGE ARGUMENTS (command in Kubernetes)",
      "process",
    ),
    automatic(
      "other processes",
      "their programs are in the image, too; --process chooses one of them",
      "process",
    ),
  ],
  heroku: [
    automatic("// +heroku goVersion", "the Go version", "goVersion"),
    automatic("// +heroku install", "the packages, and its -tags", "packages"),
    setting("GO_INSTALL_PACKAGE_SPEC", "packages", "the packages"),
    setting("GO_INSTALL_TOOLS_IN_IMAGE", "goTools", "the Go toolchain is kept in the image"),
    setting("GO_LINKER_SYMBOL", "linkerValues", "the variable that the linker sets"),
    setting(
      "GO_LINKER_VALUE",
      "linkerValues",
      "the value of that variable; without one, it is the commit",
    ),
    setting(".slugignore", "drop", "files that are not in the image"),
    automatic(".slugignore of nothing", "no file matches this pattern", "drop"),
    automatic("heroku.yml build.docker", "the project's Dockerfile is read, see there"),
    unsupported(
      "heroku.yml build.config",
      "a build has no arguments; the go command's variables are build-environment",
      "buildEnvironment",
    ),
    setting("heroku.yml run.web", "command", "what the image runs"),
    unsupported(
      "heroku.yml run",
      "other processes: list them in a Procfile, and --process chooses one of them",
      "process",
    ),
    setting("heroku.yml setup.config", "environment", "variables of the running image"),
    unsupported(
      "heroku.yml setup.addons",
      "databases and the like run beside it; while you develop: dev --service postgres:17",
    ),
    unsupported(
      "heroku.yml release",
      "run it in another container of the same image, before the release: docker run --entrypoint /app/bin/NAME IMAGE ARGUMENTS (command in Kubernetes)",
    ),
    automatic("bin/go-pre-compile", "runs before the build"),
    automatic("bin/go-post-compile", "runs after the build"),
    unsupported("GO_SETUP_GOPATH_IN_IMAGE", "programs need no GOPATH; files are in /app"),
    unsupported("GO_SETUP_GOPATH_FOR_MODULE_CACHE", "the module cache is a volume"),
    unsupported("GO_TEST_SKIP_BENCHMARK", "tests run with --check test"),
    setting(
      "app.json env",
      "environment",
      "variables of the running image; what has no value, or is a secret, is given to the container",
    ),
    setting("app.json env GOVERSION", "goVersion", "the Go version"),
    setting("app.json env of the go command", "buildEnvironment", "GOEXPERIMENT and others"),
    automatic("app.json buildpacks heroku/go", "go-image builds it"),
    unsupported(
      "app.json buildpacks heroku/nodejs",
      "a front end is built where a program needs what it makes",
      "frontend",
    ),
    unsupported(
      "app.json buildpacks",
      "other buildpacks do not run; programs that the image needs are packages",
      "osPackages",
    ),
    unsupported("app.json formation", "number and size of containers are set where they run"),
    unsupported(
      "app.json scripts",
      "run it in another container of the same image, after the deployment: docker run --entrypoint /app/bin/NAME IMAGE ARGUMENTS (command in Kubernetes)",
    ),
    unsupported(
      "app.json addons",
      "databases and the like run beside it; while you develop: dev --service postgres:17",
    ),
    unsupported("app.json environments", "settings of test and review apps"),
    unsupported("app.json stack", "set the base of the image with runtime", "runtime"),
    unsupported("app.json image", "set the base of the image with runtime", "runtime"),
    automatic(
      "app.json others",
      "about the project; the image's labels come from Git, LICENSE and project.toml",
      "label",
    ),
  ],
  paketo: [
    setting("BP_GO_VERSION", "goVersion", "the Go version"),
    setting("BP_GO_TARGETS", "packages", "the packages, with colons between them"),
    setting("BP_GO_WORKDIR", "packages", "the folder of these packages"),
    setting("BP_GO_BUILD_FLAGS", "buildTags", "-tags, and -ldflags with -X"),
    setting("BP_GO_BUILD_LDFLAGS", "linkerValues", "-X; -extldflags -static is static-link"),
    setting("BP_KEEP_FILES", "keep", "files to keep in the image, with colons between them"),
    unsupported("BP_GO_BUILD_IMPORT_PATH", "a module says its path in go.mod"),
    unsupported("BP_GO_WORK_USE", "go.work says which modules are used"),
    unsupported(
      "BP_INCLUDE_FILES",
      "files that programs read are found; include of project.toml limits the source",
      "keep",
    ),
    unsupported("BP_EXCLUDE_FILES", "files to leave out", "drop"),
    unsupported("BP_LIVE_RELOAD_ENABLED", "the image runs the program alone"),
    unsupported(
      "BP_DISABLE_SBOM",
      "an SBOM is a file, or attached when it is pushed (--sbom, --attest)",
    ),
    unsupported("BP_LOG_LEVEL", "--verbose, --quiet"),
    setting("BPE_NAME", "environment", "variables of the running image, also BPE_DEFAULT_NAME"),
    unsupported(
      "BPE_APPEND_NAME",
      "a value that is added to the base's, like BPE_PREPEND_NAME: write the whole one",
      "environment",
    ),
    setting("BP_IMAGE_LABELS", "label", "labels of the image"),
    setting("BP_OCI_TITLE", "label", "like BP_OCI_DESCRIPTION and others: labels of the image"),
    unsupported(
      "BP_OCI_VERSION",
      "like BP_OCI_REVISION, BP_OCI_CREATED and BP_OCI_REF_NAME: a build takes it from Git",
    ),
    automatic("variables of Go", "the go command's, and those that a setting has"),
    unsupported(
      "other variables",
      "no effect; a variable of the running image is environment",
      "environment",
    ),
    automatic("buildpacks of Go", "go-image does what they do, as for procfile and git"),
    unsupported(
      "other buildpacks",
      "other buildpacks do not run; programs that the image needs are packages",
      "osPackages",
    ),
    unsupported("builder", "set the base of the image with runtime", "runtime"),
    automatic("include", "what is part of the source"),
    automatic("exclude", "what is not part of the source"),
  ],
  google: [
    setting("GOOGLE_GO_VERSION", "goVersion", "the Go version"),
    setting("GOOGLE_RUNTIME_VERSION", "goVersion", "the Go version"),
    setting("GOOGLE_BUILDABLE", "packages", "the package"),
    setting("GOOGLE_GOLDFLAGS", "linkerValues", "-X; -extldflags -static is static-link"),
    setting("GOOGLE_ENTRYPOINT", "command", "what the image runs"),
    unsupported("GOOGLE_GOGCFLAGS", "flags of the compiler cannot be set"),
    unsupported("GOOGLE_CLEAR_SOURCE", "Go source is never in the image"),
    unsupported("GOOGLE_FUNCTION_TARGET", "only programs are supported"),
    unsupported("GOOGLE_DEVMODE", "the image runs the program alone"),
  ],
  railpack: [
    automatic("$schema", "only for editors"),
    automatic("provider", "a go.mod says that it is Go"),
    setting("packages.go", "goVersion", "the Go version"),
    unsupported("packages", "other tools are not installed"),
    setting("buildAptPackages", "buildPackages", "packages of the builder's Debian"),
    setting("deploy.aptPackages", "osPackages", "packages in the image"),
    setting("deploy.startCommand", "command", "what the image runs; ./out is the program itself"),
    setting("deploy.variables", "environment", "variables of the running image"),
    unsupported("deploy.paths", "programs are on the PATH"),
    unsupported("deploy.base", "set the base of the image with runtime", "runtime"),
    unsupported(
      "deploy.inputs",
      "programs and the files that they read are found and copied",
      "keep",
    ),
    unsupported(
      "steps",
      "commands of a build are not run; a hook, bin/go-pre-compile, runs before it",
    ),
    automatic("caches", "modules and compiled packages are in cache volumes"),
    unsupported("secrets", "give secrets when you build: --token, --netrc, --ssh"),
  ],
  nixpacks: [
    automatic("providers", "a go.mod says that it is Go"),
    setting("variables", "environment", "variables of the running image"),
    setting("start.cmd", "command", "what the image runs; ./out is the program itself"),
    unsupported("start.runImage", "set the base of the image with runtime", "runtime"),
    setting("phases.setup.aptPkgs", "buildPackages", "packages of the builder's Debian"),
    unsupported(
      "phases.setup.nixPkgs",
      "packages of Nix; Debian has most of them",
      "buildPackages",
    ),
    unsupported("phases.setup.nixLibs", "libraries of Nix; Debian has most of them", "osPackages"),
    unsupported(
      "phases",
      "commands of a build are not run; a hook, bin/go-pre-compile, runs before it",
    ),
    unsupported("staticAssets", "files that programs read are found and copied", "keep"),
  ],
}

export function findOption(system: System, option: string): ImportOption {
  const found = importOptions[system].find((each) => each.option === option)
  if (!found) throw new Error(`${system} has no row ${option}`)
  return found
}
