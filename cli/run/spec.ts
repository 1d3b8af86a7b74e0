import type { RunConfig } from "../image/oci.js"
import { UserError } from "../../src/errors.js"
import type { NetworkSpec } from "./network.js"
import type { ProcessUser } from "./user.js"
import type { Volume } from "./volumes/volumes.js"

export interface SpecOptions {
  config: RunConfig
  user: ProcessUser
  hostname: string
  network: NetworkSpec
  /** Instead of the image's entrypoint; the image's default arguments go with it. */
  entrypoint?: string[]
  /** Instead of the image's default arguments. */
  args?: string[]
  env?: Record<string, string>
  readOnly?: boolean
  volumes?: readonly Volume[]
}

/** What container engines give to a root user, and keep as the bounding set of others. */
const capabilities = [
  "CAP_AUDIT_WRITE",
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_MKNOD",
  "CAP_NET_BIND_SERVICE",
  "CAP_NET_RAW",
  "CAP_SETFCAP",
  "CAP_SETGID",
  "CAP_SETPCAP",
  "CAP_SETUID",
  "CAP_SYS_CHROOT",
]

const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/**
 * The runtime's configuration (https://github.com/opencontainers/runtime-spec) of a container that sees what it would
 * see in a container engine.
 */
export function runtimeSpec({ config, user, hostname, network, ...options }: SpecOptions): object {
  const namespaces = ["pid", "ipc", "uts", "mount", ...(network.isShared ? [] : ["network"])]
  return {
    ociVersion: "1.0.2",
    hostname,
    root: { path: "rootfs", readonly: options.readOnly ?? false },
    process: {
      terminal: false,
      user,
      args: commandLine(config, options),
      env: environment(config.Env ?? [], options.env ?? {}),
      cwd: config.WorkingDir || "/",
      // An exec without inheritable or ambient capabilities leaves none to a user other than root.
      capabilities: { bounding: capabilities, effective: capabilities, permitted: capabilities },
    },
    mounts: mounts(options.readOnly ?? false, network.files, options.volumes),
    hooks: network.hooks,
    linux: {
      namespaces: namespaces.map((type) => ({ type })),
      // As Docker and Kubernetes have it: port 80 is open to all users.
      ...(!network.isShared && { sysctl: { "net.ipv4.ip_unprivileged_port_start": "0" } }),
      resources: { devices: [{ allow: false, access: "rwm" }] },
      maskedPaths: [
        "/proc/acpi",
        "/proc/kcore",
        "/proc/keys",
        "/proc/scsi",
        "/proc/timer_list",
        "/sys/firmware",
      ],
      readonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
    },
  }
}

function commandLine(
  { Entrypoint, Cmd }: RunConfig,
  { entrypoint, args }: Pick<SpecOptions, "entrypoint" | "args">,
): string[] {
  const line = entrypoint
    ? [...entrypoint, ...(args ?? [])]
    : [...(Entrypoint ?? []), ...(args ?? Cmd ?? [])]
  if (line.length === 0) throw new UserError("the image does not say which program to run")
  return line
}

/** Later assignments of a name replace earlier ones. */
function environment(image: string[], extra: Record<string, string>): string[] {
  const variables = new Map([["PATH", defaultPath]])
  for (const assignment of image) {
    const equals = assignment.indexOf("=")
    variables.set(assignment.slice(0, equals), assignment.slice(equals + 1))
  }
  for (const [name, value] of Object.entries(extra)) variables.set(name, value)
  return [...variables].map(([name, value]) => `${name}=${value}`)
}

function mounts(
  readOnly: boolean,
  files: Readonly<Record<string, string>>,
  volumes: readonly Volume[] = [],
): object[] {
  const nosuid = ["nosuid", "noexec", "nodev"]
  const temporary = { type: "tmpfs", source: "tmpfs" }
  return [
    { destination: "/proc", type: "proc", source: "proc", options: nosuid },
    { destination: "/dev", ...temporary, options: ["nosuid", "mode=755", "size=64k"] },
    {
      destination: "/dev/pts",
      type: "devpts",
      source: "devpts",
      options: ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"],
    },
    { destination: "/dev/shm", ...temporary, options: [...nosuid, "mode=1777", "size=64m"] },
    { destination: "/dev/mqueue", type: "mqueue", source: "mqueue", options: nosuid },
    { destination: "/sys", type: "sysfs", source: "sysfs", options: [...nosuid, "ro"] },
    // A writable root filesystem shows whether the image itself has a /tmp.
    ...(readOnly ? [{ destination: "/tmp", ...temporary, options: [...nosuid, "mode=1777"] }] : []),
    ...volumes.map(({ path, folder }) => ({
      destination: path,
      type: "bind",
      source: folder,
      options: ["rbind", "rw"],
    })),
    ...Object.entries(files).map(([destination, source]) => ({
      destination,
      type: "bind",
      source,
      options: ["bind", "ro"],
    })),
  ]
}
