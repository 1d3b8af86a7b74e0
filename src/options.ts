/** What a user can ask for; the Dagger constructor's arguments and the command line's options both become this. */
export interface Options {
  /** `1.25`, `1.25.3`, `1.26rc1`, a range such as `>=1.24`, or `latest`. */
  goVersion?: string
  /** Packages or patterns as the go command takes them: `./cmd/api`, `./cmd/...`. */
  packages?: string[]
  /** Name of the program's file, where one program is built. */
  binaryName?: string
  /** The command that the image runs; a command line as it would be typed in a shell. */
  command?: string
  /** The Procfile's process that the image runs. */
  process?: string
  /** Build tags. */
  tags?: string[]
  /** TCP port that the program listens on; 0 for none. */
  port?: number
  /** Environment of the running image, `NAME=value`. */
  environment?: string[]
}
