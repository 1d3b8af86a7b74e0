export interface FrontendOutput {
  kind: "directory" | "file"
  /** What the build makes. */
  path: string
  /** Where Go, or the program, looks for it. */
  to: string
  /** Whatever the source has there is replaced. */
  isReplaced: boolean
  /** Read at run time. */
  inImage: boolean
}
