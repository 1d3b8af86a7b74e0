import { programName } from "./program-name.js"

/** Each with what it does. */
export const otherCommands = [
  ["explain [PROJECT]", "what is decided, where it comes from, what changes it; -o page.html"],
  [
    "ci [PROJECT]",
    "the pipeline file of the CI provider that the repository uses, for this project",
  ],
  ["lock [PROJECT]", "write the digests of its base images to go-image.lock, for later builds"],
  ["verify IMAGE", "build it again from --source, say whether it is the same, or why not"],
  ["inspect IMAGE", "how it runs, its layers and programs, their modules and bytes, decisions"],
  ["sbom IMAGE", "what is in it, as SPDX or (--format cyclonedx) CycloneDX"],
  ["vulncheck IMAGE", "which known vulnerabilities its programs can reach; also of an SBOM"],
  ["diff IMAGE IMAGE", "what differs: configuration, files, modules, packages"],
  ["doctor", "what this machine has to build with, which engine is used and why, what is missing"],
  ["completion SHELL", "what makes bash, zsh or fish complete all this"],
] as const

const examples = [
  [". --run", "build it, start it, show its answer"],
  ["../my-service", "write my-service.oci.tar"],
  [". --tag app:dev --load", "into the Docker engine"],
  [". --tag app:dev -o - | ssh host docker load", ""],
  [". --tag registry.example.com/app:v1 --push", ""],
  [". --tag registry.example.com/app:v1 --platform linux/amd64,linux/arm64 --push", ""],
  [". --packages ./cmd/api --go-version 1.25", ""],
  [". --check test --check vet", "run the tests, then go vet, in containers"],
  [". --plan", "how it would be built, as JSON"],
  [". --dockerfile > Dockerfile", "the same build, for keeps"],
] as const

/** Each with what it means. */
export const exitStatuses = [
  [0, "done"],
  [
    1,
    "--run: the program or its health check failed; diff: something differs; vulncheck: a known vulnerability may be reached",
  ],
  [2, "the project or the command line is wrong"],
  [3, "a step of the build failed, for example because the project does not compile"],
  [4, "the machine: no engine, no registry with the base image, a full or read-only disk"],
  [5, "the image was pushed, but the registry refused its SBOM and provenance"],
  [6, "verify: the source gives another image"],
  [70, "a bug in go-image"],
  [
    75,
    "try again: a registry failed or was not reached, an engine ended, or there was no progress",
  ],
  [130, "interrupted"],
] as const

function lines(rows: readonly (readonly [string, string])[], width: number): string {
  return rows
    .map(([command, text]) => `  ${programName} ${text && command.padEnd(width)}${text || command}`)
    .join("\n")
}

/** What `--help` says after the options. */
export const help = `
What it does:
  It reads go.mod and a few other files of the project, decides how the image must be built,
  and has BuildKit build it: a builder stage with Go's module and build caches, and a small
  runtime stage with the program, the files it reads at run time, CA certificates and time
  zone data, run by a user that is not root.

Where it builds, the first of:
  BUILDKIT_HOST   a BuildKit that is already running, e.g. tcp://buildkit:1234
  Docker          the Docker engine on this machine, with buildx
  by itself       on Debian and its relatives, as root: installs runc (apt-get), compiles BuildKit
                  from Go modules once, runs it for as long as the build takes, then stops it.
                  Base images come from their registry; where none answers, golang and debian
                  images are made from Debian's packages and Go's own toolchain modules.
  What is made once is kept in \${XDG_CACHE_HOME:-~/.cache}/go-image.

What it writes:
  An OCI image archive (one tar file), or what --load, --push or --run say. All messages are on
  standard error. Standard output has a line for each image: NAME@sha256:… where it was pushed or
  loaded, else the digest of the archive's image. On GitHub the outputs digest, image, tags and
  metadata are set.

Other commands:
${lines(otherCommands, 18)}

Examples:
${lines(examples, 30)}

Exit status:
${exitStatuses.map(([status, meaning]) => `  ${String(status).padEnd(4)} ${meaning}`).join("\n")}
`
