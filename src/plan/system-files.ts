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
base=$1 system=$2 folder=$3 user=$4 group=$5 uid=$6 gid=$7 home=$8 shell=$9 owner=\${10}
mkdir -p ${emptyPath} "$system$folder" "$system/etc" "$system/usr/share"

# Whoever runs the program may write there, also a user that only the platform knows (OpenShift's), but not replace what
# is root's, such as the program.
chown "$owner" "$system$folder"
chmod 1777 "$system$folder"

# In some bases the folder is a link, which a folder could not be copied to.
certificates=/etc/ssl/certs
link=$(readlink "$base$certificates" || :)
case $link in
"") ;;
/*) certificates=$link ;;
*) certificates=/etc/ssl/$link ;;
esac
mkdir -p "$system$certificates"
bundle=$system$certificates/ca-certificates.crt
cp -L /etc/ssl/certs/ca-certificates.crt "$bundle"
# A base's own, such as a company's, come first; then those that it lacks.
for file in etc/ssl/certs/ca-certificates.crt etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem \\
  etc/pki/tls/certs/ca-bundle.crt var/lib/ca-certificates/ca-bundle.pem etc/ssl/ca-bundle.pem etc/ssl/cert.pem; do
  # Links may lead out of the base, to the builder's.
  if [ -f "$base/$file" ] && [ ! -L "$base/$file" ]; then
    if command -v awk >/dev/null; then
      awk '/-BEGIN CERTIFICATE-/ { text = "" } { text = text $0 "\\n" }
        /-END CERTIFICATE-/ { if (!seen[text]++) printf "%s", text }' "$base/$file" "$bundle" >"$bundle.new"
    else
      cat "$base/$file" "$bundle" >"$bundle.new"
    fi
    mv "$bundle.new" "$bundle"
    break
  fi
done
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

/**
 * Zone data of the builder's base; its CA certificates and the image's users, added to those that the runtime base has.
 *
 * @param owner Of the working directory, `uid:gid`.
 */
export function systemStage(
  from: Base,
  baseStage: string | undefined,
  user: RuntimeUser,
  owner: string,
): Stage {
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
    owner,
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
