const hints: readonly (readonly [RegExp, string])[] = [
  [
    /build constraints exclude all Go files in/,
    "Where those files are for cgo, --cgo on builds them; where a build tag is missing, --build-tags sets it.",
  ],
  [
    /C compiler "?[\w.+-]+"? not found|exec: "(?:[\w-]+-)?(?:gcc|g\+\+|cc|clang)": executable file not found/,
    "The builder has no C compiler. --build-packages gcc,libc6-dev installs one, --cgo off does without.",
  ],
  [
    /not found in the pkg-config search path|fatal error: \S+\.h(?:pp)?: No such file|cannot find -l\S+/,
    "A C library is missing in the builder. --build-packages installs it with its headers, by the name that Debian has for it (libvips-dev for libvips).",
  ],
  [
    /install\.sh.*exec format error|exec format error.*install\.sh/s,
    "OS packages of another platform are installed by its own programs: build on a machine of that platform, or on one that emulates it.",
  ],
]

/** What to set where a program of a build failed, as far as its last words say it. */
export function buildHint(output: string): string | undefined {
  return hints.find(([pattern]) => pattern.test(output))?.[1]
}
