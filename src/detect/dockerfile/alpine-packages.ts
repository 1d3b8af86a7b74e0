/** In every image of Debian. */
const ofEveryDebian = new Set(
  "bash coreutils diffutils dpkg findutils grep gzip libgcc libstdc++ sed tar util-linux zlib".split(
    " ",
  ),
)

/** Packages with the same name on Alpine and Debian. */
const same = new Set(
  (
    "acl apache2-utils bc brotli btrfs-progs bzip2 chromium cifs-utils cpio curl dnsmasq e2fsprogs " +
    "ebtables ethtool expect ffmpeg file flac fuse fuse3 g++ gawk gcc ghostscript git git-lfs gnupg gpg graphicsmagick graphviz " +
    "haproxy htop imagemagick inotify-tools ipset iproute2 iptables iputils-ping jq kmod lame less libcap-ng-utils libreoffice libssl3 libxml2 " +
    "libxml2-utils logrotate lsof lvm2 lz4 make mariadb-client mediainfo memcached mercurial mosquitto nano ncdu netcat-openbsd nftables nginx " +
    "nmap nodejs npm openssh-client openssh-server openssl openvpn pandoc parted patch perl pigz pngquant poppler-utils " +
    "postgresql-client procps psmisc python3 rclone restic rsync screen shared-mime-info skopeo smartmontools socat sox squashfs-tools sshfs " +
    "sshpass strace subversion sudo supervisor tcpdump tesseract-ocr tmux traceroute tree unzip valgrind vim wget whois " +
    "wireguard-tools wireless-tools wkhtmltopdf x264 xfsprogs xmlstarlet yt-dlp zip zsh zstd"
  ).split(" "),
)

/** Where Debian calls it otherwise. */
const otherwise = new Map(
  (
    "7zip:p7zip-full aws-cli:awscli bind-tools:bind9-dnsutils build-base:build-essential conntrack-tools:conntrack " +
    "docker-cli:docker.io eudev:udev exiftool:libimage-exiftool-perl font-dejavu:fonts-dejavu " +
    "font-liberation:fonts-liberation font-noto:fonts-noto-core font-noto-cjk:fonts-noto-cjk " +
    "font-noto-emoji:fonts-noto-color-emoji freetype:libfreetype6 gettext:gettext-base github-cli:gh " +
    "harfbuzz:libharfbuzz0b icu-libs:libicu72 iputils:iputils-ping krb5:krb5-user " +
    "krb5-libs:libkrb5-3 libcrypto3:libssl3 libcurl:libcurl4 libheif:libheif1 libpcap:libpcap0.8 libpq:libpq5 " +
    "librdkafka:librdkafka1 libsodium:libsodium23 libusb:libusb-1.0-0 libwebp:libwebp7 libwebp-tools:webp " +
    "mailcap:media-types mariadb-connector-c:libmariadb3 mtr:mtr-tiny " +
    "mysql-client:default-mysql-client ncurses:ncurses-bin nfs-utils:nfs-common nss-tools:libnss3-tools " +
    "openldap-clients:ldap-utils openssh:openssh-client,openssh-server " +
    "openssh-client-default:openssh-client openssh-keygen:openssh-client openjdk17-jre:openjdk-17-jre openjdk17-jre-headless:openjdk-17-jre-headless p7zip:p7zip-full " +
    "py3-pip:python3-pip qemu-img:qemu-utils redis:redis-server sqlite:sqlite3 sqlite-libs:libsqlite3-0 " +
    "terminus-font:xfonts-terminus ttf-dejavu:fonts-dejavu ttf-freefont:fonts-freefont-ttf " +
    "ttf-liberation:fonts-liberation unbound-libs:libunbound8 vips:libvips42 vips-tools:libvips-tools " +
    "wqy-zenhei:fonts-wqy-zenhei xz:xz-utils zeromq:libzmq5"
  )
    .split(" ")
    .map((each): [string, string[]] => {
      const [alpine = "", debian = ""] = each.split(":")
      return [alpine, debian.split(",")]
    }),
)

/** What a package of Alpine is on Debian; none where its images have it anyway, undefined where nothing is known of it. */
export function onDebian(name: string): string[] | undefined {
  if (ofEveryDebian.has(name)) return []
  if (/^postgresql\d+-client$/.test(name)) return ["postgresql-client"]
  return otherwise.get(name) ?? (same.has(name) ? [name] : undefined)
}
