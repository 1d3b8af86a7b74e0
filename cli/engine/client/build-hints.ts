const hints: readonly (readonly [RegExp, string])[] = [
  [
    /npm error code E40[13]|ERR_PNPM_FETCH_40[13]|Request failed "40[13]|YN0041/,
    "The npm registry needs a password. If .npmrc has a variable for it, --npm-token env:NAME sets it in this step.",
  ],
  [
    /: (?:dir|zip) has been modified \(/,
    "A downloaded module was changed in the cache volume, and nothing was built from it. --cache-namespace NAME uses new volumes; docs/scale.md (What is shared) says how to remove these.",
  ],
  [
    /(?:^|\s)\S*\/go\/pkg\/mod\/\S+\.go:\d+:\d+: /,
    "The error is in a downloaded module, not in the project. Either that version does not fit this Go, or the cache volume is damaged: --no-cache compares each module with go.sum again.",
  ],
  [
    /build constraints exclude all Go files in/,
    "If those files need cgo, use --cgo on. If a build tag is missing, set it with --build-tags.",
  ],
  [
    /C compiler "?[\w.+-]+"? not found|exec: "(?:[\w-]+-)?(?:gcc|g\+\+|cc|clang)": executable file not found/,
    "The builder has no C compiler. --build-packages gcc,libc6-dev installs one, --cgo off builds without C.",
  ],
  [
    /not found in the pkg-config search path|fatal error: \S+\.h(?:pp)?: No such file|cannot find -l\S+/,
    "A C library is missing in the builder. --build-packages installs it with its headers, by its name in Debian (libvips-dev for libvips).",
  ],
  [
    /install\.sh.*exec format error|exec format error.*install\.sh/s,
    "Installing OS packages for another platform runs programs of that platform: build on such a machine, or on one that emulates it.",
  ],
]

/** What to set where a program of a build failed, as far as its last words say it. */
export function buildHint(output: string): string | undefined {
  return hints.find(([pattern]) => pattern.test(output))?.[1]
}
