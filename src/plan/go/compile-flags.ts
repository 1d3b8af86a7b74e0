/**
 * Debug information that the linker leaves out (-w, as `go test` does, too) is not made in the first place: the machine
 * code and what a stack trace says are the same, cold builds take a tenth to a fifth less of the processor, and the build
 * cache a quarter less (docs/bench-appendix.md). Packages are shared only by commands that all have it.
 */
export const noDebugInformation = "-gcflags=all=-dwarf=false"

/**
 * How all programs for images are compiled. Paths of the build machine stay out of them: the same source gives the same
 * bytes wherever it is built.
 */
export const compileFlags = ["-trimpath", noDebugInformation]
