import { programName } from "../program-name.js"

/** Each with what it does. */
export const otherCommands = [
  ["dev [PROJECT]", "build and run it, and again after each save; --service postgres:17"],
  ["explain [PROJECT]", "print each decision, where it comes from, what changes it; -o page.html"],
  ["init [PROJECT]", "ask a few questions, write project.toml and a pipeline; --yes"],
  ["import [PROJECT]", "print what its Dockerfile, .ko.yaml, Procfile … mean here; --write"],
  ["ci [PROJECT]", "print the pipeline file for the CI provider of this repository"],
  ["why [PACKAGE]", "print why steps of the last build ran, and packages were compiled again"],
  ["lock [PROJECT]", "write the digests of the base images to go-image.lock, for later builds"],
  ["verify IMAGE", "build the image again from --source, and compare"],
  ["inspect IMAGE", "print how it runs, its layers, programs, modules, and the decisions"],
  ["sbom IMAGE", "print what is in it, as SPDX or CycloneDX (--format cyclonedx)"],
  ["vulncheck IMAGE", "print known vulnerabilities that its programs can reach; or of an SBOM"],
  ["diff IMAGE IMAGE", "print what differs: configuration, files, modules, packages"],
  ["prune REPOSITORY", "print caches in a registry that nothing needs any more; --delete"],
  ["doctor", "print which engine this machine uses and why, and what is missing"],
  ["completion SHELL", "print the completion script for bash, zsh or fish"],
] as const

const examples = [
  [". --run", "build the image, start it, show its answer"],
  ["../my-service", "write my-service.oci.tar"],
  [". --tag app:dev --load", "load it into Docker"],
  [". --tag app:dev -o - | ssh host docker load", ""],
  [". --tag registry.example.com/app:v1 --push", ""],
  [". --tag registry.example.com/app:v1 --platform linux/amd64,linux/arm64 --push", ""],
  [". --packages ./cmd/api --go-version 1.25", ""],
  [". --check test --check vet", "run the tests, then go vet, in containers"],
  [". --plan", "print the plan as JSON"],
  [". --dockerfile -o Dockerfile.new", "the same build, as a file to keep"],
] as const

/** Each with what it means. */
export const exitStatuses = [
  [0, "done"],
  [
    1,
    "--run: the program failed, does not listen or answer, or its health check fails; diff: something differs; vulncheck: a known vulnerability may be reached",
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

function lines(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([command, text]) => (text ? command.length : 0))) + 2
  return rows
    .map(([command, text]) => `  ${programName} ${text && command.padEnd(width)}${text || command}`)
    .join("\n")
}

/** What `--help` says first: most who ask look for one of these. */
export const beginning = `
Examples:
${lines(examples)}

Other commands, each with its own --help:
${lines(otherCommands)}`

/** What `--help` says after the options. */
export const help = `
What it does:
  It reads go.mod and a few other files of the project, decides how to build the image, and
  builds it with BuildKit: a builder stage with Go's module and build caches, and a small
  runtime stage with the program, the files it reads at run time, CA certificates and time
  zone data. The image does not run as root.

Where it builds, the first that exists:
  BUILDKIT_HOST   a BuildKit that is already running, e.g. tcp://buildkit:1234
  Docker          the Docker engine on this machine, with buildx
  its own         on Debian and its relatives, as root: installs runc (apt-get), compiles BuildKit
                  from Go modules once, starts it for the build, then stops it. Base images come
                  from their registry; if none answers, golang and debian images are made from
                  Debian's packages and Go's own toolchain modules.
  Tools and images that are made once are kept in \${XDG_CACHE_HOME:-~/.cache}/go-image.

What it writes:
  An OCI image archive (one tar file), unless --load, --push or --run is given. All messages are
  on standard error. Standard output has one line for each image: NAME@sha256:… if it was pushed
  or loaded, else the digest, and behind it the target's name where there are several targets.
  On GitHub the outputs digest, image, tags and metadata are set.

Exit status:
${exitStatuses.map(([status, meaning]) => `  ${String(status).padEnd(4)} ${meaning}`).join("\n")}
`
