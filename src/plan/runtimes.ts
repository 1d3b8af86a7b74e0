import type { GoVersion } from "./go-version.js"

/** What a runtime stage starts from, and what must be brought to it. */
export interface Runtime {
  /** The function's name, for people. */
  name: string
  builderImage: (version: GoVersion) => string
  image: string
  /** Absolute path of its shell; undefined where it has none. */
  shell?: string
  /** Programs of the base image that a command may start with; of an unknown base, any. */
  programs: readonly string[] | "any"
  user: RuntimeUser
  environment: { name: string; value: string }[]
  /** Where the one program goes; several go to bin/ below the working directory. */
  programFolder: string
}

/** The user that the image runs as; it is added to the base's passwd and group files, and owns its home. */
export interface RuntimeUser {
  name: string
  group: string
  uid: number
  gid: number
  home: string
  shell: string
}

const golang = ({ tag }: GoVersion) => `golang:${tag}`

const posixPrograms = ["sh", "bash", "env", "exec", "timeout", "nice", "nohup", "stdbuf"]

/** migetpacks' base, with what its page shows and its code leaves out: CA certificates. */
export const debian: Runtime = {
  name: "debian",
  builderImage: golang,
  image: "debian:bookworm-slim",
  shell: "/bin/sh",
  programs: posixPrograms,
  user: {
    name: "app",
    group: "app",
    uid: 1000,
    gid: 1000,
    home: "/app",
    shell: "/usr/sbin/nologin",
  },
  environment: [],
  programFolder: "/app",
}
