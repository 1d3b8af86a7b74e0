import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { script } from "./command.js"
import { prepareRuntime } from "./runtime.js"

let folder: string

const files = {
  "go.mod": "module example.com/shop\n\ngo 1.25\n",
  "main.go": `package main

import (
	"fmt"
	"os"
)

var mode, region, release = "none", "none", "none"

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	if err := os.WriteFile("/srv/shop/x", nil, 0o644); err != nil {
		panic(err)
	}
	fmt.Println(mode, region, release, os.Getenv("LEVEL"), tagged, string(text))
}
`,
  "tagged.go": "//go:build extra\n\npackage main\n\nconst tagged = true\n",
  "untagged.go": "//go:build !extra\n\npackage main\n\nconst tagged = false\n",
  "conf/shop.txt": "opened",
  Dockerfile: `FROM golang:1.25 AS build
ARG REGION=eu
ARG LDFLAGS="-s -w -X main.region=$REGION"
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -tags extra \\
    -ldflags "$LDFLAGS -X main.mode=prod -X main.release=$(cat RELEASE)" -o /shop .

FROM debian:bookworm-slim
RUN mkdir -p /srv/shop
COPY --from=build /shop /shop
COPY conf/shop.txt /etc/shop.txt
ENV LEVEL=debug
ENTRYPOINT ["/sbin/tini", "--", "/shop"]
CMD ["/etc/shop.txt"]
`,
}

beforeAll(async () => {
  await prepareRuntime()
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
})

afterAll(() => rmSync(folder, { recursive: true }))

it("an image is, after import --write, what the project's own Dockerfile made", async () => {
  const before = await script([".", "--plan"], { cwd: folder })
  expect(before.stderr).toContain("linker values main.region=eu, main.mode=prod (line 6;")
  const imported = await script(["import", ".", "--write"], { cwd: folder })
  expect(imported.code, imported.stderr).toBe(0)
  expect(imported.stdout).toContain("✗ Dockerfile:7  go build -ldflags -X  main.release=")
  expect(imported.stdout).toContain("✓ Dockerfile:14  ENTRYPOINT tini  /sbin/tini\n")
  const { code, stdout, stderr } = await script([".", "--run"], { cwd: folder })
  expect(code, stderr).toBe(0)
  expect(stdout).toContain("prod eu none debug true opened\n")
  expect(stderr).not.toContain("its image also has")
  // There is nothing left to write.
  const written = readFileSync(join(folder, "project.toml"), "utf8")
  await script(["import", ".", "--write"], { cwd: folder })
  expect(readFileSync(join(folder, "project.toml"), "utf8")).toBe(written)
})
