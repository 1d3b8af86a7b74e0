/** What the image stands on. */
export enum Runtime {
  /** debian:bookworm-slim, with a shell. */
  Debian = "debian",

  /** Docker Hardened Images. */
  Dhi = "dhi",

  /** ubuntu:24.04, as in Depot's Dockerfile. */
  Ubuntu = "ubuntu",

  /** gcr.io/distroless/static-debian12. */
  Distroless = "distroless",

  /** cgr.dev/chainguard/static. */
  Chainguard = "chainguard",

  /** Nothing but what the program needs. */
  Scratch = "scratch",
}
