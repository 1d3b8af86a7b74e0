import { workingDirectory, type RuntimeUser } from "../bases/runtimes.js"
import type { Base, Mount, Stage, Step } from "../types.js"

export const systemStageName = "system"

/** Where the system files are made. */
export const systemPath = "/system/image"

const basePath = "/base"
const fromPath = "/from"
const scriptPath = "/system-files.sh"

// Not a package manager's work: no network, and the same bytes every time. Times are set to the epoch for that, too.
const script = `set -eu
base=$1 system=$2 folder=$3 user=$4 group=$5 uid=$6 gid=$7 home=$8 shell=$9 owner=\${10}
shift 10
mkdir -p "$system"

# Makes a folder as the base has it, and where: links in its path are resolved. Its path then is $made.
make_folder() {
  made= rest=$1 links=0
  while [ -n "$rest" ]; do
    name=\${rest%%/*}
    case $rest in */*) rest=\${rest#*/} ;; *) rest= ;; esac
    case $name in
    "" | .) continue ;;
    ..)
      made=\${made%/*}
      continue
      ;;
    esac
    if link=$(readlink "$base$made/$name"); then
      links=$((links + 1))
      if [ $links -gt 40 ]; then
        echo "$1: its links lead nowhere in the base image" >&2
        exit 1
      fi
      case $link in /*) made= ;; esac
      rest=$link/$rest
      continue
    fi
    made=$made/$name
    [ ! -d "$system$made" ] || continue
    mkdir -m 0755 "$system$made"
    if [ -d "$base$made" ]; then
      chown "$(stat -c %u:%g "$base$made")" "$system$made"
      chmod "$(stat -c %a "$base$made")" "$system$made"
    fi
  done
}

make_folder /etc

# Whoever runs the program may write there, also a user that only the platform knows (OpenShift's), but not replace what
# is root's, such as the program.
make_folder "$folder"
chown "$owner" "$system$made"
chmod 1777 "$system$made"

make_folder /etc/ssl/certs
bundle=$system$made/ca-certificates.crt
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
  make_folder /usr/share
  cp -a /usr/share/zoneinfo "$system$made/"
  rm -rf "$system$made/zoneinfo/posix" "$system$made/zoneinfo/right"
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

# Pairs follow: what is put where, or "" and a folder for the user.
while [ $# -gt 0 ]; do
  from=$1 to=$2
  shift 2
  if [ -z "$from" ]; then
    make_folder "$to"
    chown "$uid:0" "$system$made"
    chmod 0775 "$system$made"
  elif [ -d "$from" ]; then
    make_folder "$to"
    cp -a "$from/." "$system$made/"
  else
    make_folder "\${to%/*}"
    cp -a "$from" "$system$made/\${to##*/}"
  fi
done

find "$system" -exec touch -h -d @0 {} +
`

/** Something of another stage that is put into the image, whatever the project's files are. */
export interface Placed {
  kind: "file" | "directory"
  stage: string
  path: string
  to: string
}

/**
 * Zone data of the builder's base; its CA certificates and the image's users, added to those that the runtime base has.
 *
 * @param owner Of the working directory, `uid:gid`.
 * @param folders To be made for the user.
 */
export function systemStage(
  from: Base,
  baseStage: string | undefined,
  user: RuntimeUser,
  {
    owner,
    folders,
    placed,
    certificates,
  }: {
    owner: string
    folders: readonly string[]
    placed: readonly Placed[]
    certificates?: string
  },
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
    ...folders.flatMap((folder) => ["", folder]),
    ...placed.flatMap(({ to }, index) => [`${fromPath}/${index}`, to]),
  ]
  const mounts = placed.map(({ kind, stage, path }, index): Mount => {
    const target = `${fromPath}/${index}`
    return { type: "bind", kind, from: { stage }, path, target }
  })
  return {
    name: systemStageName,
    from,
    steps: [
      ...(certificates === undefined ? [] : trustCertificates(certificates)),
      { type: "file", path: scriptPath, content: script, mode: 0o755 },
      {
        type: "run",
        args: ["/bin/sh", scriptPath, ...args],
        mounts: [...(baseStage === undefined ? [] : [baseMount(baseStage)]), ...mounts],
      },
    ],
  }
}

/** Here alone, so that they come into the image with the builder's. */
function trustCertificates(certificates: string): Step[] {
  const path = "/further-certificates.pem"
  const add = 'cat "$1" >>/etc/ssl/certs/ca-certificates.crt'
  return [
    { type: "file", path, content: certificates, mode: 0o644 },
    { type: "run", args: ["/bin/sh", "-c", add, "add", path], mounts: [] },
  ]
}

function baseMount(stage: string): Mount {
  return { type: "bind", kind: "directory", from: { stage }, path: "/", target: basePath }
}

export function copySystem(): Step {
  const from = { stage: systemStageName }
  return { type: "copy", kind: "directory", from, path: systemPath, to: "/" }
}
