import { execFileSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readBaseLayouts } from "../../cli/bases/base-layouts.js"
import { resolveBases } from "../../cli/bases/resolve.js"
import { dockerEngineVersion } from "../../cli/engine/docker/docker.js"
import { connectEmbedded, embeddedObstacle } from "../../cli/engine/embedded/embedded.js"
import type { Engine } from "../../cli/engine/engine.js"
import type { Plan } from "../../src/plan/types.js"
import { Bases, type BaseName } from "../conformance/bases.js"
import { root, script } from "./command.js"
import { gitAuthor } from "./git-author.js"
import { buildctl, contextsOf, ociOutput } from "./plain-buildkit.js"

/*
 * The Dockerfile that `--dockerfile` writes for people, built by BuildKit's own client, with nothing of ours: it makes the
 * image that this program makes, to the digest.
 */

const isEmbedded =
  embeddedObstacle() === undefined &&
  !process.env["BUILDKIT_HOST"] &&
  (await dockerEngineVersion()) === undefined

describe.runIf(isEmbedded)("a Dockerfile that is kept", () => {
  let folder: string
  let engine: Engine
  let bases: string[]
  let made: Bases

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
    const report = { say: () => undefined, finish: () => undefined }
    engine = await connectEmbedded(report)
    const images = ["1.25", "1.25-bookworm"]
      .map((tag) => `golang:${tag}`)
      .concat("debian:bookworm-slim", "node:24-bookworm-slim")
    bases = contextsOf(await resolveBases(images, new Map(), { engine, report }))
    made = new Bases(join(folder, "bases"))
  })

  afterAll(async () => {
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  /** A project in a Git work tree, as people have it. */
  function project(name: string, from: string, files: Record<string, string> = {}): string {
    const path = join(folder, name)
    if (from !== "") cpSync(join(root, from), path, { recursive: true })
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), text)
    }
    execFileSync("git", ["-C", path, "init", "--quiet"])
    return path
  }

  async function digestOfBuildctl(
    context: string,
    file: string,
    annotations: { name: string; value: string }[],
    further: readonly string[] = [],
  ): Promise<string> {
    const metadata = join(folder, "metadata.json")
    const isIndex = further.some((each) => each.startsWith("platform="))
    const output = ociOutput(join(folder, "built.tar"), annotations, isIndex)
    // The volumes that are warm already: what is in them has no part in the result.
    const text = readFileSync(file, "utf8")
    writeFileSync(
      file,
      text.replaceAll(/type=cache,(?=target=\/root)/g, "$&id=go-image-build-1.25,"),
    )
    const finished = await buildctl(
      context,
      file,
      ...["--output", output, "--metadata-file", metadata],
      ...["--opt", "build-arg:SOURCE_DATE_EPOCH=0"],
      ...bases,
      ...further,
    )
    expect(finished.code, finished.stderr).toBe(0)
    writeFileSync(file, text)
    const said = JSON.parse(readFileSync(metadata, "utf8")) as Record<string, string>
    return said["containerimage.digest"] ?? ""
  }

  async function digestOfScript(source: string, ...args: string[]): Promise<string> {
    const output = ["--output", join(folder, "other.tar")]
    const { code, stdout, stderr } = await script([source, ...output, ...args])
    expect(code, stderr).toBe(0)
    return stdout.trim()
  }

  const secret = { ".env": "TOKEN=secret-of-the-test\n" }

  it.each([
    ["a small one", "examples/hello-web", {}, []],
    [
      "one on nothing",
      "examples/hello-web",
      {},
      ["--runtime", "scratch", "--health-check", "/healthz"],
    ],
    ["one with files and a secret among them", "examples/guestbook", secret, []],
    [
      "one whose hooks change it",
      "examples/hello-web",
      {
        "bin/go-pre-compile": "#!/bin/sh\necho 'package main' >made.go\n",
        "bin/go-post-compile": "#!/bin/sh\nmkdir data && echo made >data/made.txt\n",
      },
      [],
    ],
  ])("%s makes the same image by plain BuildKit", async (name, from, files, args) => {
    const source = project(name.replaceAll(" ", "-"), from, files)
    const expected = await digestOfScript(source, ...args)
    const planned = await script([source, "--plan", ...args])
    const { annotations = [] } = (JSON.parse(planned.stdout) as Plan).image

    // With a stage in place of a .dockerignore, anywhere.
    const printed = await script([source, "--dockerfile", ...args])
    expect(printed.code, printed.stderr).toBe(0)
    const alone = join(folder, `alone-${name.replaceAll(" ", "-")}`, "Dockerfile")
    mkdirSync(dirname(alone))
    writeFileSync(alone, printed.stdout)
    expect(printed.stdout).toContain("--exclude=**/.git \\\n")
    expect(printed.stdout.split("\n# module:")[0]).not.toContain("--exclude=**/.hg")
    expect(await digestOfBuildctl(source, alone, annotations)).toBe(expected)

    // In the project's folder, with the .dockerignore that is written for it; and once more over that.
    const file = join(source, "Dockerfile")
    rmSync(file, { force: true })
    for (const round of [1, 2]) {
      const written = await script([source, "--dockerfile", "-o", file, ...args])
      expect(written.code, `${round}: ${written.stderr}`).toBe(0)
      expect(written.stderr).toContain(`${file} and ${file}.dockerignore are written`)
    }
    expect(readFileSync(file, "utf8")).not.toContain("AS source")
    expect(await digestOfBuildctl(source, file, annotations)).toBe(expected)
    // It is not part of the project, and says nothing of it.
    expect(await digestOfScript(source, ...args)).toBe(expected)

    // BuildKit's linter, with the rules that are still tried out, has nothing to say of it.
    const checked = join(folder, "checked", "Dockerfile")
    mkdirSync(dirname(checked), { recursive: true })
    writeFileSync(checked, `# check=experimental=all\n${readFileSync(file, "utf8")}`)
    const lint = await buildctl(source, checked, "--opt", "requestid=frontend.lint", ...bases)
    expect(lint.code, lint.stderr).toBe(0)
    expect(lint.stdout).not.toContain("WARNING")
  })

  const withC = {
    "go.mod": "module example.com/with-c\n\ngo 1.25\n",
    "main.go": `package main

// static int twice(int n) { return 2 * n; }
import "C"

func main() { println(C.twice(21)) }
`,
  }
  const on = (platforms: string) => ["--runtime", "scratch", "--platform", platforms]
  const hardened: Record<string, BaseName> = {
    "dhi.io/golang:1.25-dev": "golang",
    "dhi.io/golang:1.25": "dhi",
  }
  const onAll = (runtime: string) => [
    ...["--runtime", runtime, "--platform", "linux/amd64,linux/arm64"],
  ]
  const distroless: Record<string, BaseName> = {
    "gcr.io/distroless/static-debian12:nonroot": "distroless",
  }
  const chainguard: Record<string, BaseName> = { "cgr.dev/chainguard/static:latest": "chainguard" }
  /** Started by the launcher, which is compiled in a stage of its own. */
  const launched = { Procfile: "web: hello-web -name=$NAME\n" }

  it.each<[string, string, Record<string, string>, string[], Record<string, BaseName>]>([
    ["hardened", "examples/hello-web", launched, ["--runtime", "dhi"], hardened],
    ["ubuntu", "examples/guestbook", {}, ["--runtime", "ubuntu"], { "ubuntu:24.04": "ubuntu" }],
    ["distroless", "examples/guestbook", {}, onAll("distroless"), distroless],
    ["chainguard", "examples/hello-web", launched, onAll("chainguard"), chainguard],
    ["hardened-platforms", "examples/hello-web", launched, onAll("dhi"), hardened],
    ["c", "", withC, [], {}],
    ["front-end", "test/e2e/frontend", {}, [], {}],
    ["platforms", "examples/hello-web", launched, on("linux/amd64,linux/arm64"), {}],
    ["different-platforms", "test/e2e/frontend", {}, on("linux/amd64,linux/arm/v7"), {}],
  ])("of another kind, too: %s", async (name, from, files, args, standIns) => {
    const source = project(name, from, files)
    const layouts = await Promise.all(
      Object.entries(standIns).map(
        async ([image, base]) => [image, await made.layout(base)] as const,
      ),
    )
    const given = layouts.flatMap(([image, path]) => ["--base-layout", `${image}=${path}`])
    const expected = await digestOfScript(source, ...args, ...given)
    const platforms = args[args.indexOf("--platform") + 1] ?? ""
    const planned = await script([
      source,
      "--plan",
      ...args.map((each) => each.split(",")[0] ?? ""),
    ])
    const { annotations = [] } = (JSON.parse(planned.stdout) as Plan).image
    const printed = await script([source, "--dockerfile", ...args])
    expect(printed.code, printed.stderr).toBe(0)
    const file = join(folder, `of-${name}`, "Dockerfile")
    mkdirSync(dirname(file))
    writeFileSync(file, printed.stdout)
    const digest = await digestOfBuildctl(source, file, annotations, [
      ...contextsOf(readBaseLayouts(layouts.map(([image, path]) => `${image}=${path}`))),
      ...(platforms.includes(",") ? ["--opt", `platform=${platforms}`] : []),
    ])
    expect(digest, printed.stdout).toBe(expected)
    writeFileSync(file, `# check=experimental=all\n${printed.stdout}`)
    const lint = await buildctl(source, file, "--opt", "requestid=frontend.lint", ...bases)
    expect(lint.stdout).not.toContain("WARNING")
  })

  it("builds the next release, by build arguments alone", async () => {
    const source = project("release", "", {
      "go.mod": "module example.com/release\n\ngo 1.25\n",
      "main.go":
        'package main\n\nvar version, commit, date, tag = "dev", "none", "", ""\n\nfunc main() { println(version, commit, date, tag) }\n',
      "page.html": "<p>page</p>\n",
      "data/empty/.gitkeep": "",
      "internal/deep/deep.go": "package deep\n",
    })
    const git = (...args: string[]) =>
      execFileSync("git", ["-C", source, ...args], {
        env: { ...process.env, ...gitAuthor, TZ: "UTC" },
        encoding: "utf8",
      }).trim()
    const release = (tag: string) => {
      git("add", ".")
      git("commit", "--quiet", "--allow-empty", "-m", tag)
      git("tag", tag)
    }
    const settings = ["--linker-values", "main.tag={{.Version}}"]
    const annotationsOf = async () => {
      const planned = await script([source, "--plan", ...settings])
      return (JSON.parse(planned.stdout) as Plan).image.annotations ?? []
    }
    release("v1.0.0")
    const printed = await script([source, "--dockerfile", ...settings])
    expect(printed.code, printed.stderr).toBe(0)
    expect(printed.stdout).toContain(
      'COPY --chmod=0644 <<"EOF" /empty-folders.txt\ndata/empty\nEOF\n',
    )
    const file = join(folder, "of-release", "Dockerfile")
    mkdirSync(dirname(file))
    writeFileSync(file, printed.stdout)
    const first = await digestOfScript(source, ...settings)
    expect(await digestOfBuildctl(source, file, await annotationsOf())).toBe(first)

    release("v1.1.0")
    const second = await digestOfScript(source, ...settings)
    expect(second).not.toBe(first)
    const date = git("log", "-1", "--format=%cd", "--date=format-local:%FT%TZ")
    const given = { VERSION: "v1.1.0", COMMIT: git("rev-parse", "HEAD"), DATE: date }
    const flags = Object.entries(given).flatMap(([name, value]) => [
      ...["--opt", `build-arg:${name}=${value}`],
    ])
    expect(await digestOfBuildctl(source, file, await annotationsOf(), flags)).toBe(second)
    writeFileSync(file, `# check=experimental=all\n${printed.stdout}`)
    const lint = await buildctl(source, file, "--opt", "requestid=frontend.lint", ...bases)
    expect(lint.stdout).not.toContain("WARNING")
  })

  it("does not replace a Dockerfile that is somebody's", async () => {
    const source = project("theirs", "examples/hello-web", { Dockerfile: "FROM scratch\n" })
    const file = join(source, "Dockerfile")
    const { code, stderr } = await script([source, "--dockerfile", "-o", file])
    expect(code).not.toBe(0)
    expect(stderr).toContain(`--output is a file of the project: ${file}`)
    expect(readFileSync(file, "utf8")).toBe("FROM scratch\n")
    expect(existsSync(`${file}.dockerignore`)).toBe(false)
  })
})
