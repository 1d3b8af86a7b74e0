import { expect, it } from "vitest"
import { buildHint } from "../../../../../cli/engine/client/build-hints.js"

/** What the programs print, and what of ours helps. */
it.each([
  [
    "npm error code E401\nnpm error 401 Unauthorized - GET https://npm.example.com/x",
    "--npm-token",
  ],
  [
    "package example.com/a\n\timports example.com/a/c: build constraints exclude all Go files in /src/c",
    "--cgo on",
  ],
  [
    '# runtime/cgo\ncgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH',
    "--build-packages gcc",
  ],
  ["./main.go:5:10: fatal error: magic.h: No such file or directory", "--build-packages"],
  ["/usr/bin/ld: cannot find -lmagic: No such file or directory", "--build-packages"],
  ["Package libvips was not found in the pkg-config search path.", "--build-packages"],
  [
    "[base 2/2] RUN [/bin/sh /mnt/install.sh git]\nexec /bin/sh: exec format error",
    "another platform",
  ],
  ["./main.go:5:10: undefined: x", undefined],
  [
    "github.com/a/b v1.2.3: dir has been modified (/go/pkg/mod/github.com/a/b@v1.2.3)",
    "--cache-namespace",
  ],
  [
    "# github.com/a/b\n../go/pkg/mod/github.com/a/b@v1.2.3/c.go:5:10: undefined: x",
    "in a downloaded module",
  ],
  ["open /etc/x.json: No such file or directory", undefined],
])("%s", (output, hint) => {
  if (hint === undefined) expect(buildHint(output)).toBeUndefined()
  else expect(buildHint(output)).toContain(hint)
})
