import type { BuildInfo } from "./stamp.js"
import type { Step } from "../types.js"

/*
 * The go command takes a program's build information from a Git repository, which the builder does not have, and hands it to
 * the linker in a line of a file. This script stands before each of its tools (-toolexec), and completes that line. So it is
 * the link alone that depends on the commit: with a repository, even an empty one, the go command would compile the main
 * package again at every commit, too.
 */

const script = "/stamp.sh"
const versionVariable = "GO_IMAGE_MODULE_VERSION"
const settingsVariable = "GO_IMAGE_VCS"

const content = `#!/bin/sh
set -eu
for file in "$@"; do
  case $file in
  # The linker's. As Go writes a string: the line that is the module's, and the end of all.
  */importcfg.link)
    sed -i "/^modinfo /{
      s|\\\\\\\\t(devel)\\\\\\\\t|\\\\\\\\t\${${versionVariable}:-(devel)}\\\\\\\\t|
      s|\\\\\\\\xf92C1|$${settingsVariable}&|
    }" "$file"
    grep -q '^modinfo .*vcs=git' "$file" || {
      echo "this Go has its build information in another form than is known here: build with --stamp off" >&2
      exit 1
    }
    ;;
  esac
done
exec "$@"
`

/** Once in a stage; it is the same for every project. */
export const stampScript: Step = {
  type: "file",
  path: script,
  content,
  mode: 0o755,
  about: "Version and commit for `go version -m`. Who needs none removes this file and -toolexec.",
}

/** For the go commands after it. */
export function stampEnvironment({ version, settings }: BuildInfo): Step[] {
  // In the replacement of a sed command: a backslash stands for itself by another one.
  const text = settings.map(({ key, value }) => `build\\\\t${key}=${value}\\\\n`).join("")
  return [
    { type: "environment", name: versionVariable, value: version ?? "" },
    { type: "environment", name: settingsVariable, value: text },
  ]
}

export const stampFlag = `-toolexec=${script}`
