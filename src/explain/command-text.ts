/** Of the scripts that a plan has, what each does, by its arguments; a list is the command that it runs. */
const scripts: Readonly<Record<string, (words: string[]) => string | string[]>> = {
  "/download.sh": (command) => command,
  "/slow-packages.sh": (command) => command,
  "/use-dependencies.sh": ([, , ...command]) =>
    command[0] === "true" ? "load dependencies" : command,
  "/collect-dependencies.sh": ([which]) =>
    which === "own" ? "collect the project's packages" : "compile dependencies",
  "/copy-kodata.sh": ([, , ...folders]) => `copy ${folders.join(" ")}`,
  "/system-files.sh": () => certificates,
  "/mnt/install.sh": ([, day = "", ...packages]) =>
    `install ${packages.join(" ")}${day === "" ? "" : `, as of ${day}`}`,
  "/licenses/collect.sh": () => "collect licenses",
  "/project-code.sh": projectCode,
  "/frontend.sh": frontend,
}

const certificates = "certificates, time zones, user"

function projectCode([act = "", ...words]: string[]): string | string[] {
  switch (act) {
    case "prepare":
      return "make a user for the project's own code"
    case "modes":
      return "set file modes as Git has them"
    case "modules":
    case "fetch":
      return "give modules to the project's own code"
    case "link":
      return "give Go's cache to the project's own code"
    case "compile":
      return words[1] === "test" ? "compile the tests" : "compile what generators need"
    default:
      return words
  }
}

function frontend([act = "", ...words]: string[]): string | string[] {
  const [first = "", second = ""] = words
  switch (act) {
    case "prepare":
      return "make a user for the front end"
    case "manager":
      return `install ${first}`
    case "install":
      return "install packages"
    case "scripts":
      return "run install scripts of packages"
    case "run":
      return words
        .slice(1)
        .map((script) => `${first} run ${script}`)
        .join(", ")
    // A command of the project's own stands behind the folder that it is for.
    default:
      return first.startsWith("/") ? second : `${first} run ${second}`
  }
}

/** Programs of ours. */
const programs: Readonly<Record<string, (words: string[]) => string>> = {
  "/mnt/set-capabilities": ([, ...files]) => `set capabilities of ${namesOf(files)}`,
  // Pairs: where it was made, and where it is in the image.
  "/mnt/link-check": (words) =>
    `check libraries of ${namesOf(words.slice(5).filter((_, i) => i % 2 === 1))}`,
}

function namesOf(files: readonly string[]): string {
  return files.map((file) => file.slice(file.lastIndexOf("/") + 1)).join(" ")
}

/** Flags of `go build` that are the same in every build, or that only say where the program goes. */
const usualFlag =
  /^-(?:trimpath|mod=mod|debug-actiongraph=.*|gcflags=all=-dwarf=false|toolexec=\/(?:stamp|project-code)\.sh.*|ldflags=.*)$/s

/** What a command does, for people: `go build ./cmd/api` rather than all of its arguments and the scripts around it. */
export function commandText(words: readonly string[], { withFlags = false } = {}): string {
  const [program = "", script = "", ...others] = words
  const own = programs[program]?.([script, ...others])
  if (own !== undefined) return own
  if (program === "/bin/sh") {
    const found = script === "-c" ? inlineScript(others) : scripts[script]?.(others)
    if (typeof found === "string") return found
    if (found && found.length > 0) return commandText(found, { withFlags })
    return (script.startsWith("-") ? words : words.slice(1)).join(" ")
  }
  if (program !== "go") return words.join(" ")
  if (isVendorCheck(words)) return "compare vendor/ with go.sum"
  return words
    .filter((word, i) => withFlags || !isUsual(word, words[i - 1]))
    .map(quoted)
    .join(" ")
}

/** A script that is an argument itself. What follows it is what it is about, but for the file that it writes. */
function inlineScript([script = "", ...words]: string[]): string | string[] {
  const [name = "", ...others] = words
  // Of BuildKit's names, a script's blanks and quotes are not always where they were.
  if (script.includes("/system/image/etc/passwd")) return certificates
  if (/find \/(?:assets\/image|copied) /.test(script)) return "set owners and modes of files"
  if (script.includes("find /out/image") && words.length === 0) return "set owners of programs"
  if (name === "copy" && others[0] === "/package-manager") return "prepare the package manager"
  if (name === "add") return "trust further certificates"
  return name.startsWith("/report/") ? others : words
}

/** A program of ours, which gets a folder and nothing else. */
function isVendorCheck(words: readonly string[]): boolean {
  const folder = words.at(words.at(-1) === "warn" ? -2 : -1) ?? ""
  return words[1] === "run" && words.includes(".") && folder.startsWith("/")
}

/** What is the same in every build, or says where the program goes. */
function isUsual(word: string, before: string | undefined): boolean {
  return usualFlag.test(word) || word === "-o" || before === "-o"
}

function quoted(word: string): string {
  return word.includes(" ") ? `'${word}'` : word
}

/** Where stages have what goes into the image, and what that is. */
const contents: Readonly<Record<string, string>> = {
  "/system/image": certificates,
  "/out/image": "programs",
  "/assets/image": "files",
}

/** What is in a layer, by what its history says that made it: `COPY /out/image / # buildkit`. */
export function contentOf(createdBy: string): string | undefined {
  if (installsPackages(createdBy)) return "packages of the operating system"
  return contents[/^COPY (\S+) /.exec(createdBy)?.[1] ?? ""]
}

/** Whether a layer, by its history, has what `--os-packages` puts on the base. */
export function installsPackages(createdBy: string): boolean {
  return createdBy.startsWith("RUN /bin/sh /mnt/install.sh ")
}

/** @param stage Undefined for the project's own files. */
export function copyText(path: string, to: string, stage: string | undefined): string {
  const what = contents[path]
  if (stage !== undefined && what !== undefined) return `copy ${what}`
  if (stage !== undefined) return `copy ${path} of ${stage} to ${to}`
  return path === "." || path === "" ? `copy the project to ${to}` : `copy ${path} to ${to}`
}
