import type { Command } from "commander"
import { programName } from "../program-name.js"

interface Hint {
  /** Options of docker, podman, kubectl, ko, pack and the go command; the commands that are typed before a folder there. */
  typed: string
  /** What does the same here. */
  any?: string
  /** Where that is not the same, of a build. */
  build?: string
  /** And after `dev`. */
  dev?: string
}

const folder = "FOLDER"

const hints: readonly Hint[] = [
  {
    typed: "-e --env --env-file",
    build: `For one run: ${programName} dev ${folder} --env NAME=value, or --env-file FILE. For the image: --environment NAME=value.`,
    dev: "For this run: --env NAME=value. For the image: --environment NAME=value.",
  },
  {
    typed: "-p --publish --expose -P --publish-all",
    build:
      "--port 3000 says where the program listens. --run and dev publish that port and print the address; elsewhere: docker run -p 8080:3000 IMAGE.",
    dev: "--port 3000 says where the program listens; dev publishes that port and prints the address.",
  },
  {
    typed: "--volume --mount --tmpfs",
    build:
      "--volumes /data makes a volume of the image, which its user can write to. A folder of this machine: docker run -v FOLDER:/data IMAGE.",
    dev: "--volumes /data makes a volume of the image, which its user can write to.",
  },
  {
    typed: "--name",
    build: "--tag NAME is the image's name, --binary-name NAME that of its program.",
    dev: "--binary-name NAME is the name of the program.",
  },
  {
    typed: "--rm -d --detach -i -it --interactive --tty",
    build: "Leave it out: --run removes the container when it ends.",
    dev: "Leave it out: dev removes the container when it ends.",
  },
  {
    typed: "-f --file --dockerfile",
    any: `No Dockerfile is needed; what the project's own one says counts. ${programName} import ${folder} shows how it was understood.`,
  },
  {
    typed: "--build-arg --build-args",
    any: "Every setting is an option: --go-version 1.25. Variables of go build: --build-environment NAME=value; of the linker: --linker-values main.version=v1.",
  },
  {
    typed: "--pull --no-pull",
    any: `${programName} lock ${folder} writes the newest digests of the base images to go-image.lock: later builds use these.`,
  },
  {
    typed: "--secret",
    build:
      "--token, --netrc and --ssh are for private modules, --npm-token for npm: they are never in the image.",
  },
  { typed: "-ldflags --ldflags -X", build: "--linker-values main.version=v1 is -X of the linker." },
  { typed: "-w --workdir", any: "--working-directory /data" },
  { typed: "-u", any: "--user 1000" },
  {
    typed: "--entrypoint --cmd",
    any: "--command 'api --verbose' says what the image runs.",
  },
  {
    typed: "--base --base-image --from --image",
    build:
      "--runtime distroless, or a reference, is what the image is based on; --tag names the image.",
    dev: "--runtime distroless, or a reference, is what the image is based on.",
  },
  { typed: "--watch", build: `${programName} dev ${folder} builds and runs it on each save.` },
  { typed: "--test --vet --lint", build: "--check test, --check vet, --check lint" },
  { typed: "--dry-run", build: "--plan prints what would be done." },
  {
    typed: "-t --tag --push --load --run --no-cache --output -o",
    dev: `dev only runs the image; ${programName} ${folder} with that option builds it.`,
  },
]

/** `docker build .`: what is a command there, and an option here. */
const commands: Readonly<Record<string, (folder: string) => string>> = {
  build: (folder) => folder,
  image: (folder) => folder,
  run: (folder) => `${folder} --run`,
  start: (folder) => `${folder} --run`,
  up: (folder) => `dev ${folder}`,
  watch: (folder) => `dev ${folder}`,
  push: (folder) => `${folder} --tag NAME --push`,
  publish: (folder) => `${folder} --tag NAME --push`,
  load: (folder) => `${folder} --tag NAME --load`,
  plan: (folder) => `${folder} --plan`,
  dockerfile: (folder) => `${folder} --dockerfile`,
  test: (folder) => `${folder} --check test`,
  vet: (folder) => `${folder} --check vet`,
  lint: (folder) => `${folder} --check lint`,
}

/** What commander says of a wrong command line, with what its writer may have looked for: commander compares letters alone. */
export function withHint(message: string, program: Command): string {
  const { [program.name()]: name } = {
    [programName]: "build",
    [`${programName} dev`]: "dev",
  } as const
  if (name === undefined) return message
  const [, option] = /^error: unknown option '([^']*)'/.exec(message) ?? []
  const hint = option === undefined ? commandHint(message, program.args) : hintOf(option, name)
  return hint === undefined ? message : `${message.split("\n", 1)[0]}\n${hint}\n`
}

function hintOf(option: string, name: "build" | "dev"): string | undefined {
  const [typed = ""] = option.split("=", 1)
  const asked = [typed, ...(typed.startsWith("--") ? [] : [typed.slice(0, 2)])]
  const found = asked.flatMap((each) =>
    hints.filter(({ typed }) => typed.split(" ").includes(each)),
  )
  return found.map((hint) => hint[name] ?? hint.any).find((text) => text !== undefined)
}

function commandHint(message: string, [typed = "", folder = "."]: readonly string[]) {
  if (message.startsWith("error: missing required argument 'source'")) {
    return `${programName} . builds the image of the project in this folder, ${programName} . --run also runs it. Others are dev, explain, init, import and more.`
  }
  if (!message.startsWith("error: too many arguments") || !Object.hasOwn(commands, typed))
    return undefined
  return `${typed} is not a command: ${programName} ${commands[typed]?.(folder)}`
}
