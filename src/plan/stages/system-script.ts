/** Where the builder's image is seen as it was published. */
export const builderPath = "/builder"

/** Certificates of further authorities, where there are some. */
export const furtherPath = "/further-certificates.pem"

/**
 * Makes the system files for a base of which nothing is known: what folders and links it has, whether it has certificates,
 * the user, a place for temporary files.
 */
export const systemScript = `set -eu
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
cp -L ${builderPath}/etc/ssl/certs/ca-certificates.crt "$bundle"
if [ -f ${furtherPath} ]; then cat ${furtherPath} >>"$bundle"; fi
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
  echo "the builder's base image has no time zone data: programs know only UTC" >&2
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
