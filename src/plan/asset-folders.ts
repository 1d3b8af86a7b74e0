import type { Base, Stage } from "./types.js"

export const foldersStageName = "folders"

/** Where they are made. */
export const foldersPath = "/folders"

const listPath = "/folders.txt"
const scriptPath = "/make-folders.sh"

// No engine's copy gives folders a mode of their own, apart from that of the files in them.
const script = `set -eu
folders=$1 list=$2 owner=$3 programs=$4 root_owner=$5
mkdir -p "$folders"
cd "$folders"
umask 0002
tr '\\n' '\\0' <"$list" | xargs -0 -r mkdir -p --
chown -R "$owner" .
# A Dagger engine gives the image's folder the owner and the mode of what is copied into it: here its own, once more.
chown "$root_owner" .
chmod 1777 .
# The user could replace a program in a folder of its own.
if [ -d "$programs" ]; then chown 0:0 "$programs"; chmod 0755 "$programs"; fi
find . -exec touch -h -d @0 {} +
`

/**
 * The folders of the assets without the files, for the user and for group 0 to write to: that is the group of users that
 * only the platform knows.
 *
 * @param programs The one, if any, that programs are put into.
 * @param owner Of the folder that they are in, `uid:gid`.
 */
export function foldersStage(
  from: Base,
  folders: readonly string[],
  uid: number,
  programs: string,
  owner: string,
): Stage {
  return {
    name: foldersStageName,
    from,
    steps: [
      { type: "file", path: listPath, content: linesOf(folders), mode: 0o644 },
      { type: "file", path: scriptPath, content: script, mode: 0o755 },
      {
        type: "run",
        args: ["/bin/sh", scriptPath, foldersPath, listPath, `${uid}:0`, programs, owner],
        mounts: [],
      },
    ],
  }
}

/** A name of several lines would be several names. */
function linesOf(folders: readonly string[]): string {
  return folders
    .filter((each) => !/[\n\0]/.test(each))
    .map((each) => `${each}\n`)
    .join("")
}
