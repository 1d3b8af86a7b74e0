/**
 * Installs packages with the package manager that is there: `install.sh UNLESS-THERE DAY PACKAGE...`, the first two of which
 * may be empty. Only what the packages themselves have is left in the layer: lists, archives, and the certificates that
 * they are fetched with are in the cache volume, and logs are removed. Of Debian and Ubuntu, a day's archive can be asked
 * for. Nothing of a project's text is read as a program here.
 */
export const installScript = String.raw`set -eu
unless_there=$1 day=$2
shift 2
if [ -n "$unless_there" ] && command -v "$unless_there" >/dev/null; then exit 0; fi

ID=linux VERSION_ID= VERSION_CODENAME=
if [ -f /etc/os-release ]; then . /etc/os-release; fi
cache=/srv/$ID-$VERSION_ID-$(uname -m)
mkdir -p "$cache/lists/partial" "$cache/archives/partial" "$cache/apk"
exec 9>"$cache/lock"
flock 9
# To find and touch of busybox, a time is whole seconds: what is new may be of the same one.
touch -d "@$(($(date +%s) - 2))" "$cache/begun"

# Those that the base trusts, and those of the builder: slim images have none.
certificates=$cache/certificates.crt
for file in /etc/ssl/certs/ca-certificates.crt /mnt/ca-certificates.crt; do
  if [ -f "$file" ]; then cat "$file"; fi
done >"$certificates"

configure_apt() {
  cat <<END
Dir::State::lists "$cache/lists";
Dir::Cache "$cache";
Dir::Cache::archives "$cache/archives";
APT::Keep-Downloaded-Packages "true";
APT::Sandbox::User "root";
APT::Cmd::Pattern-Only "true";
APT::Update::Error-Mode "any";
APT::Install-Recommends "false";
Acquire::Retries "3";
DPkg::Use-Pty "false";
END
  if [ -s "$certificates" ]; then echo "Acquire::https::CaInfo \"$certificates\";"; fi
  if [ -z "$day" ]; then return; fi
  at=$(echo "$day" | tr -d -)T000000Z
  echo 'APT::Get::allow-downgrades "true";'
  case $ID in
  debian)
    for suite in "debian/$at $VERSION_CODENAME" "debian/$at $VERSION_CODENAME-updates" \
      "debian-security/$at $VERSION_CODENAME-security"; do
      echo "deb [check-valid-until=no] http://snapshot.debian.org/archive/$suite main"
    done >"$cache/sources.list"
    echo "Dir::Etc::sourcelist \"$cache/sources.list\";"
    echo 'Dir::Etc::sourceparts "-";'
    ;;
  ubuntu) echo "APT::Snapshot \"$at\";" ;;
  *)
    echo "the archive of a day is known of Debian and Ubuntu, and not of $ID: leave out --os-packages-date" >&2
    exit 1
    ;;
  esac
}

if command -v apt-get >/dev/null; then
  configure_apt >"$cache/apt.conf"
  for package; do
    name=${"$"}{package%%=*}
    case $name in *:*) dpkg --add-architecture "${"$"}{name##*:}" ;; esac
  done
  export DEBIAN_FRONTEND=noninteractive
  apt-get -c "$cache/apt.conf" -qq update
  apt-get -c "$cache/apt.conf" -q -y install -- "$@"
  rm -rf /var/log/apt/* /var/log/dpkg.log /var/log/alternatives.log /var/lib/dpkg/*-old \
    /var/cache/debconf/*-old /var/cache/ldconfig/aux-cache
elif command -v apk >/dev/null; then
  if [ -n "$day" ]; then
    echo "apk has no archive of a day: leave out --os-packages-date, or ask for versions, such as git=2.49.1-r0" >&2
    exit 1
  fi
  export SSL_CERT_FILE="$certificates" SSL_CA_CERT_FILE="$certificates"
  apk add --cache-dir "$cache/apk" --update-cache -- "$@"
  rm -f /var/log/apk.log
else
  echo "the base image has neither apt-get nor apk to install $* with" >&2
  exit 1
fi

# Of these two, the engine's are mounted.
find / -xdev -newer "$cache/begun" ! -path /etc/hosts ! -path /etc/resolv.conf -exec touch -h -d @0 {} + ||
  echo "the times of some files depend on when this was done" >&2
`
