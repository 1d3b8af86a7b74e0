import type { BuildRecord, PackageRecord } from "../../../../../cli/record/record.js"

/** `main.go` imports `a`, which imports `b`, which imports `c`. */
export function record(changes: Partial<BuildRecord> = {}): BuildRecord {
  return {
    version: 1,
    time: 0,
    folder: "",
    engine: "BuildKit",
    noCache: false,
    plan: {
      stages: [
        {
          name: "build",
          from: { image: "golang:1.25" },
          steps: [
            { type: "environment", name: "CGO_ENABLED", value: "0" },
            { type: "working-directory", path: "/src" },
            {
              type: "run",
              args: ["go", "build", "-trimpath", "."],
              mounts: [
                { type: "cache", id: "build", target: "/root/.cache/go-build" },
                {
                  type: "bind",
                  kind: "directory",
                  from: { source: true },
                  path: ".",
                  target: "/src",
                },
              ],
            },
          ],
        },
        {
          name: "image",
          from: { image: "debian" },
          steps: [
            { type: "copy", kind: "directory", from: { stage: "build" }, path: "/out", to: "/" },
          ],
        },
      ],
      decisions: [],
    },
    binaries: [{ package: ".", importPath: "example.com/p" }],
    bases: { "golang:1.25": "sha256:1" },
    files: Object.fromEntries(
      ["go.mod", "main.go", "a/a.go", "b/b.go", "b/b.txt", "c/c.go"].map((path) => [
        path,
        file("1"),
      ]),
    ),
    packages: {
      "": of(["main.go"], { imports: ["a"] }),
      a: of(["a/a.go"], { imports: ["b"] }),
      b: of(["b/b.go"], { imports: ["c"], embeds: ["b/*.txt"] }),
      c: of(["c/c.go"], { foreign: ["fmt", "example.org/lib/text"] }),
    },
    modules: { "example.org/lib": "v1.0.0" },
    languages: { "": "1.25" },
    architecture: "amd64",
    tags: [],
    steps: [step(buildStep), step(copyStep)],
    ...changes,
  }
}

export const buildStep = '[build 2/3] RUN ["go","build","-trimpath","."]'
export const copyStep = "[image 1/2] COPY --from=build [/out,/]"

export function step(name: string, cached = false) {
  return { name, startedAt: 0, seconds: 1, cached }
}

export function file(hash: string, code = hash, constraint?: string) {
  return { hash, code, stat: hash, ...(constraint !== undefined && { constraint }) }
}

export function of(files: string[], rest: Partial<PackageRecord> = {}): PackageRecord {
  return { files, imports: [], foreign: [], embeds: [], ...rest }
}

/** The same with other files. */
export function edited(before: BuildRecord, files: BuildRecord["files"]): BuildRecord {
  return { ...before, files: { ...before.files, ...files } }
}
