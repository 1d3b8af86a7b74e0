import { workingDirectory, type RuntimeUser } from "./runtimes.js"
import type { Base, Mount, Stage } from "./types.js"

export const systemStageName = "system"

/** Where the system files are made, and a folder with nothing in it. */
export const systemPath = "/system"
export const emptyPath = "/empty"

const basePath = "/base"
const scriptPath = "/system-files.sh"

// Not a package manager's work: no network, and the same bytes every time. Times are set to the epoch for that, too.
const script = `set -eu
base=$1 system=$2 folder=$3 user=$4 group=$5 uid=$6 gid=$7 home=$8 shell=$9
mkdir -p ${emptyPath} "$system$folder" "$system/etc/ssl/certs" "$system/usr/share"

# Whoever runs the program may write there, also a user that only the platform knows (OpenShift's), but not replace what
# is root's, such as the program.
chmod 1777 "$system$folder"

cp -L /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/"
if [ -d /usr/share/zoneinfo ]; then
  cp -a /usr/share/zoneinfo "$system/usr/share/"
  rm -rf "$system/usr/share/zoneinfo/posix" "$system/usr/share/zoneinfo/right"
else
  echo "no time zone data in the builder's base image: programs know UTC only" >&2
fi

for file in passwd group; do
  if [ -f "$base/etc/$file" ]; then cat "$base/etc/$file"; fi >"$system/etc/$file"
done
grep -q "^$user:" "$system/etc/passwd" ||
  echo "$user:x:$uid:$gid::$home:$shell" >>"$system/etc/passwd"
grep -q "^$group:" "$system/etc/group" ||
  echo "$group:x:$gid:" >>"$system/etc/group"

# Programs expect a place for temporary files.
[ -d "$base/tmp" ] || mkdir -m 1777 "$system/tmp"

find "$system" ${emptyPath} -exec touch -h -d @0 {} +
`

/** CA certificates and zone data of the builder's base, and the runtime base's users with the image's own added. */
export function systemStage(from: Base, baseStage: string | undefined, user: RuntimeUser): Stage {
  const { name, group, uid, gid, home, shell } = user
  const args = [
    basePath,
    systemPath,
    workingDirectory,
    name,
    group,
    String(uid),
    String(gid),
    home,
    shell,
  ]
  return {
    name: systemStageName,
    from,
    steps: [
      { type: "file", path: scriptPath, content: script, mode: 0o755 },
      {
        type: "run",
        args: ["/bin/sh", scriptPath, ...args],
        mounts: baseStage === undefined ? [] : [baseMount(baseStage)],
      },
    ],
  }
}

function baseMount(stage: string): Mount {
  return { type: "bind", kind: "directory", from: { stage }, path: "/", target: basePath }
}
