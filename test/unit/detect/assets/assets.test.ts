import { describe, expect, it } from "vitest"
import {
  assetPatterns,
  reasons,
  selectAssets,
  type AssetInput,
  type AssetSelection,
} from "../../../../src/detect/assets/assets.js"
import { assetNotices } from "../../../../src/detect/assets/asset-notices.js"
import { isOfEditor } from "../../../../src/detect/assets/asset-rules.js"
import { bytesOfKind, kindOf } from "../../../../src/detect/assets/content-kind.js"
import { readGitignores } from "../../../../src/detect/patterns/gitignore.js"
import { matchPatterns } from "../../../../src/patterns/patterns.js"
import { fc } from "../../support/property.js"

const setting = (value: string[]) => ({ value, from: "option" })

function select(
  files: readonly string[],
  {
    keep = [],
    drop = [],
    ...input
  }: Partial<AssetInput> & { keep?: string[]; drop?: string[] } = {},
) {
  return selectAssets(
    { files, kindOf: () => undefined, ignoredBy: () => undefined, programs: [], ...input },
    { keep: setting(keep), drop: setting(drop) },
  )
}

const isKept = (path: string, ...others: string[]) => select([path, ...others]).kept.includes(path)

describe("what a program may read at run time stays in the image:", () => {
  it.each([
    "config.yaml",
    "static/style.css",
    "templates/index.html",
    "templates/deep/er/index.gohtml",
    "migrations/0001_init.up.sql",
    "locales/de.json",
    "data/README.md",
    "docs/LICENSE.txt",
    "public/.well-known/security.txt",
    "env",
    ".envrc.example",
    ".env.example",
    "app.env",
    "fixtures/a_test",
    "golang/notes.txt",
    "web/vendors/a.js",
    "assets/main.go.tmpl",
    "server.crt",
    "data.db",
    "a b/ü.txt",
    ".config/app.toml",
    "sql/Procfiles",
    "bin/tool",
    // By their names alone, nothing is known of these.
    "static/vendor/htmx.js",
    "migrations/0002_ab_test.up.sql",
    "templates/compose.yml",
    "templates/Dockerfile",
    "locales/Makefile",
    "policy.md",
    "web/testdata/a.json",
    "web/node_modules/a/index.js",
    "test/plan.txt",
    "sub/.github/workflows/ci.yml",
    "e2e/login_test.js",
  ])("%s", (path) => {
    expect(isKept(path, "main.go", "go.mod")).toBe(true)
  })
})

describe("what only a build or a developer needs does not:", () => {
  it.each<[string, ...string[]]>([
    ["main.go"],
    ["internal/a/b.go"],
    ["internal/a/b_test.go"],
    ["static/embed.go"],
    ["go.mod"],
    ["go.sum"],
    ["go.work"],
    ["go.work.sum"],
    ["vendor/github.com/a/b/LICENSE", "vendor/modules.txt"],
    ["vendor/a/b.txt"],
    ["api/vendor/a/LICENSE", "api/vendor/modules.txt"],
    ["api/Makefile", "api/go.mod"],
    ["web/package-lock.json", "web/package.json"],
    ["web/node_modules/a/index.js", "web/package.json"],
    ["testdata/a.golden", "main.go"],
    ["internal/a/testdata/b.json", "internal/a/a.go"],
    ["test/e2e/fixture.json", "test/e2e/a_test.go"],
    [".git/config"],
    [".github/workflows/ci.yml"],
    ["lib/.git"],
    [".gitignore"],
    ["web/.gitignore"],
    [".idea/workspace.xml"],
    ["Dockerfile"],
    ["Dockerfile.dev"],
    ["docker-compose.yml"],
    ["docker-compose.override.yaml"],
    ["compose.yaml"],
    ["Makefile"],
    ["Procfile"],
    ["project.toml"],
    ["README.md"],
    ["LICENSE"],
    ["CHANGELOG"],
    ["Gopkg.lock"],
    ["Godeps/Godeps.json"],
    ["bin/go-pre-compile"],
    ["bin/go-post-compile"],
    [".golangci.yml"],
    [".DS_Store"],
    ["static/.DS_Store"],
    ["cpu.prof"],
    ["coverage.out"],
    ["internal/a/mem.out", "internal/a/a.go"],
    ["release/app.oci.tar"],
  ])("%s", (path, ...others) => {
    expect(isKept(path, ...others)).toBe(false)
  })

  it.each(["bin/api", "bin/api-linux-amd64", "api.exe", "cmd/api/api", "cmd/api/default.pgo"])(
    "what an earlier build of a program left: %s",
    (path) => {
      const programs = [{ folder: "cmd/api", name: "api" }]
      const { kept, leftOut } = select([path, "bin/other"], { programs })
      expect(kept).toEqual(["bin/other"])
      expect(leftOut.get(reasons.left)).toEqual([path])
    },
  )

  it.each([
    ["app.tar", "blobs/", true],
    ["dist/deep/app.TAR", "blobs/sha256/", true],
    ["app.tar", "./oci-layout", true],
    ["app.tar", `${"0a".repeat(32)}/`, true],
    ["app.tar", "index.json", true],
    ["templates.tar", "index.html", false],
    ["blobs.tar", "blobs/data.bin", false],
    // Of others, not even the start is read.
    ["blobs.dat", "blobs/", false],
  ])("an image that a build has written: %s that begins with %s", (path, first, isImage) => {
    const header = Buffer.alloc(512)
    header.write(first)
    const kind = bytesOfKind(path) > 0 ? kindOf(path, header) : undefined
    const { kept, leftOut } = select([path, "a.css"], {
      kindOf: (file) => (file === path ? kind : undefined),
    })
    expect(kept.includes(path)).toBe(!isImage)
    expect(leftOut.get(reasons.left) ?? []).toEqual(isImage ? [path] : [])
  })
})

describe("what editors and file managers leave does not, which is told:", () => {
  it.each([
    ".main.go.swp",
    "static/.a.css.swo",
    "main.go~",
    "#x#",
    "web/.#a.html",
    "static/Thumbs.db",
    "web/.idea/workspace.xml",
    "web/.vscode/settings.json",
    "static/._logo.png",
  ])("%s", (path) => {
    const { kept, leftOut } = select([path, "static/a.css"])
    expect(kept).toEqual(["static/a.css"])
    expect(leftOut.get(reasons.editor)).toEqual([path])
    expect(select([path], { keep: [path] }).kept).toEqual([path])
  })

  it.each(["a.swp", "~/a.txt", "issue#1", "#1", "vscode/a.json", "_a.png"])("but %s", (path) => {
    expect(isKept(path)).toBe(true)
  })
})

describe("no secret gets into an image in silence:", () => {
  const texts: Record<string, string> = {
    "tls/server.pem": "-----BEGIN RSA PRIVATE KEY-----\nabc",
    "tls/ca.pem": "-----BEGIN CERTIFICATE-----\nabc",
    "deploy.key": "-----BEGIN OPENSSH PRIVATE KEY-----\nabc",
    "gcp/service-account.json": '{\n  "type": "service_account",\n',
    "my-project-0123456789ab.json": '{"type":"service_account"}',
    "service-accounts.json": '{"type": "list"}',
    "kube.yaml": "kind: Config\nusers:\n- user:\n    client-key-data: abc\n",
    ".npmrc": "//registry.npmjs.org/:_authToken=npm_abc",
    "web/.npmrc": "//registry.npmjs.org/:_authToken=${NPM_TOKEN}",
    "certs/server.crt": "-----BEGIN CERTIFICATE-----\nabc\n-----BEGIN EC PRIVATE KEY-----\n",
    ".ssh/id_work": "-----BEGIN OPENSSH PRIVATE KEY-----\nabc",
    "config/weird.txt": "# Do not share\n\n  -----BEGIN PRIVATE KEY-----\nabc",
    "keys.txt": "# public key: age1abc\nAGE-SECRET-KEY-1QQQQ\n",
    "signing.asc": "-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
    "big.pem": `${"#\n".repeat(700_000)}-----BEGIN PRIVATE KEY-----\nabc`,
    "robot.json": '{"private_key": "-----BEGIN PRIVATE KEY-----\\nabc"}',
    "dockerconfig.json":
      '{\n  "auths": {\n    "ghcr.io": {\n      "auth": "bWU6cGFzcw=="\n    }\n  }\n}\n',
    "config.json": '{"auths": {"ghcr.io": {}}, "credsStore": "pass"}',
    "staging.yaml": "users:\n- name: me\n  user:\n    token: abc\napiVersion: v1\nkind: Config\n",
    "prod.yml": "apiVersion: v1\nkind: Config\r\nusers:\n- name: me\n  user:\n    token: abc\n",
    "crd.yaml": "kind: ConfigMap\ndata:\n  token: abc\n",
    "settings.yaml": "kind: Config\nport: 8080\n",
    "notes.txt": "It says PRIVATE KEY at the head of the file, and _auth or auths.\n",
    "web/app.js": 'const head = "-----BEGIN PRIVATE KEY-----"',
    "docs/keys.md": "-----BEGIN PRIVATE KEY-----",
    "blob.bin": "\0\0-----BEGIN PRIVATE KEY-----",
  }
  it.each<[string, boolean]>([
    [".env", true],
    ["cmd/api/.env", true],
    [".env.production", true],
    [".env.example", false],
    [".envrc", true],
    [".netrc", true],
    ["deploy/.docker/config.json", true],
    ["config.json", false],
    ["terraform/terraform.tfstate", true],
    ["terraform/terraform.tfstate.backup", true],
    [".kube/config", true],
    ["keys/id_ed25519", true],
    ["keys/id_ed25519.pub", false],
    ["tls/server.pem", true],
    ["tls/ca.pem", false],
    ["deploy.key", true],
    ["gcp/service-account.json", true],
    ["my-project-0123456789ab.json", true],
    ["service-accounts.json", false],
    ["kube.yaml", true],
    [".npmrc", true],
    ["web/.npmrc", false],
    ["certs/server.crt", true],
    [".ssh/id_work", true],
    ["config/weird.txt", true],
    ["keys.txt", true],
    ["signing.asc", true],
    ["big.pem", true],
    ["robot.json", true],
    ["dockerconfig.json", true],
    ["staging.yaml", true],
    ["prod.yml", true],
    ["crd.yaml", false],
    ["settings.yaml", false],
    ["notes.txt", false],
    ["web/app.js", false],
    ["docs/keys.md", false],
    ["blob.bin", false],
    [".aws/credentials", true],
    ["aws/credentials", false],
    [".htpasswd", true],
    ["conf/.htpasswd", true],
    [".vault-token", true],
    [".bash_history", true],
    [".psql_history", true],
    ["terraform/prod.tfvars", true],
    ["terraform/prod.auto.tfvars.json", true],
    ["terraform/prod.tfvars.example", false],
    ["terraform/.terraform/environment", true],
    ["terraform/main.tf", false],
    ["ID_RSA", true],
    ["id_rsa.pub", false],
    [".ENV", true],
    [".Env.Production", true],
    ["Kubeconfig", true],
  ])("%s: %s", (path, isSecret) => {
    const kindOfText = (each: string) =>
      bytesOfKind(each) > 0 ? kindOf(each, Buffer.from(texts[each] ?? "")) : undefined
    const { kept, leftOut } = select([path], { kindOf: kindOfText })
    expect(kept).toEqual(isSecret ? [] : [path])
    expect(leftOut.get(reasons.secret) ?? []).toEqual(isSecret ? [path] : [])
    expect(select([path], { kindOf: kindOfText, keep: [path] }).kept).toEqual([path])
  })
})

describe("a person can correct it,", () => {
  const isDropped = (path: string, keep: string[], drop: string[] = []) =>
    !select([path, "main.go"], { keep, drop }).kept.includes(path)

  it("keeping what would be left out", () => {
    expect(isDropped("README.md", ["README.md"])).toBe(false)
    expect(isDropped("templates/a.go", ["templates/**"])).toBe(false)
    expect(isDropped("testdata/a.json", ["testdata"])).toBe(false)
    expect(isDropped("main.go", ["templates/**"])).toBe(true)
  })

  it("leaving out what would be kept", () => {
    expect(isDropped("web/src/a.ts", [], ["web/src"])).toBe(true)
    expect(isDropped("web/dist/a.js", [], ["web/src"])).toBe(false)
    expect(isDropped("deep/er/a.psd", [], ["**/*.psd"])).toBe(true)
  })

  it("keeping has the last word", () => {
    expect(isDropped("docs/a.go", ["docs/**"], ["docs/a.go"])).toBe(false)
    expect(isDropped("notes.txt", ["ui"], ["**"])).toBe(true)
    expect(isDropped("ui/index.html", ["ui"], ["**"])).toBe(false)
  })

  it("with a slash in front, as in a .dockerignore", () => {
    expect(isDropped("static/a.css", [], ["/static"])).toBe(true)
    expect(isDropped("README.md", ["/README.md"])).toBe(false)
    // The engines do not take such patterns as anyone means them.
    expect(assetPatterns({ drop: setting(["/static", "!/static/a"]) }).slice(0, 2)).toEqual([
      "static",
      "!static/a",
    ])
  })
})

describe("what is left out is told,", () => {
  const told = (input: Partial<Parameters<typeof assetNotices>[0]>) =>
    assetNotices({ kept: [], groups: [], leftOut: new Map(), ...input } as AssetSelection).map(
      ({ file, message }) => `${file}: ${message}`,
    )
  const names = (count: number) => Array.from({ length: count }, (_, i) => `a${i}`)

  it.each([
    [
      reasons.secret,
      "1 file that may be a secret is not in the image: a0; --keep brings it in if it is none",
    ],
    [reasons.target, "1 file of other targets is not in the image: a0; --keep brings it in"],
    [
      reasons.left,
      "1 file of earlier builds or profiles is not in the image: a0; --keep brings it in",
    ],
    [
      reasons.editor,
      "1 file of editors or file managers is not in the image: a0; --keep brings it in",
    ],
    [reasons.link, "a link that leads to nothing inside the source is not in the image: a0"],
  ])("with the way back, of one: %s", (reason, message) => {
    expect(told({ leftOut: new Map([[reason, ["a0"]]]) })).toEqual([`a0: ${message}`])
  })

  it.each([
    [
      reasons.editor,
      3,
      "3 files of editors or file managers are not in the image: a0, a1, a2; --keep brings them in",
    ],
    [
      reasons.editor,
      4,
      "4 files of editors or file managers are not in the image: a0, a1, a2, …; --keep brings them in",
    ],
    [
      reasons.link,
      2,
      "2 links that lead to nothing inside the source are not in the image: a0, a1",
    ],
  ])("of several: %s, %i", (reason, count, message) => {
    expect(told({ leftOut: new Map([[reason, names(count)]]) })).toEqual([`a0: ${message}`])
  })

  it.each([
    ["web/.gitignore", 1, "is not in the image, even if Git tracks it: a0; --keep brings it in"],
    [
      ".gitignore",
      2,
      "are not in the image, even if Git tracks them: a0, a1; --keep brings them in",
    ],
    [".dockerignore", 1, "is not in the image: a0; --keep brings it in"],
  ])("by the ignore file that says so: %s", (file, count, left) => {
    const files = count === 1 ? "1 file" : `${count} files`
    expect(told({ leftOut: new Map([[file, names(count)]]) })).toEqual([
      `${file}: ${files} that it ignores ${left}`,
    ])
  })

  it.each<[string, string[], string]>([
    [reasons.secret, [".env"], "a container is given it when it starts"],
    [reasons.secret, [".env", "web/.env.production"], "a container is given them when it starts"],
    [reasons.secret, [".env", "a.pem"], "--keep brings in those that are no secret"],
    [reasons.secret, ["a.pem", "b.pem"], "--keep brings them in if they are none"],
    [reasons.target, ["b/.env"], "a container is given it when it starts"],
    [".gitignore", [".env"], "a container is given it when it starts"],
    [".gitignore", ["dist/a.js", ".env"], "--keep brings in those that are no secret"],
  ])("without the way back of a secret: %s, %j", (reason, files, way) => {
    const [line = ""] = told({ leftOut: new Map([[reason, files]]) })
    expect(line.split("; ")).toEqual([expect.stringContaining(files.join(", ")), way])
  })

  it("and so is very much in the image, by the three folders with the most of it", () => {
    const groups = [2, 900, 500, 600].map((files, i) => ({ path: `f${i}/`, files }))
    expect(told({ kept: names(2000), groups })).toEqual([])
    expect(told({ kept: names(2001), groups })).toEqual([
      ".: 2001 files are in the image, most of them in f1/ (900), f3/ (600), f2/ (500); --drop leaves out what the program does not read",
    ])
  })
})

describe("ignore files", () => {
  const ignoring = (text: string) => readGitignores(new Map([[".gitignore", text]]))

  it("leave out what they name, as few patterns, and say so", () => {
    const files = ["dist/a.js", "dist/b/c.js", "logs/a.log", "logs/keep.txt", "static/a.css"]
    const { kept, exclude, leftOut } = select(files, { ignoredBy: ignoring("dist\n*.log") })
    expect(kept).toEqual(["logs/keep.txt", "static/a.css"])
    expect(exclude).toEqual(["dist", "logs/a.log"])
    expect([...leftOut]).toEqual([[".gitignore", ["dist/a.js", "dist/b/c.js", "logs/a.log"]]])
  })

  it("are corrected by keep", () => {
    const { kept, leftOut } = select(["dist/a.js"], { ignoredBy: ignoring("dist"), keep: ["dist"] })
    expect(kept).toEqual(["dist/a.js"])
    expect(leftOut.size).toBe(0)
  })
})

describe("folders", () => {
  const nested = new Map([
    ["uploads/.gitignore", "*\n!.gitignore"],
    ["data/deep/.gitignore", "*\n!.gitignore"],
  ])

  it("that are kept empty stay, without what is ignored in them", () => {
    const files = ["data/deep/.gitignore", "data/deep/x", "uploads/.gitignore", "uploads/a/b.png"]
    const { folders, kept, exclude } = select(files, { ignoredBy: readGitignores(nested) })
    expect(folders).toEqual(["data", "data/deep", "uploads"])
    expect(kept).toEqual([])
    expect(exclude).toEqual(["data/deep/*", "uploads/*"])
  })

  it("with nothing in them at all stay, unless they are ignored", () => {
    const ignoredBy = readGitignores(new Map([[".gitignore", "tmp/"]]))
    const { folders, exclude } = select(["main.go"], { emptyFolders: ["cache", "tmp"], ignoredBy })
    expect(folders).toEqual(["cache"])
    expect(exclude).toEqual(["tmp"])
  })

  it("of Go code do not, though they have a .gitignore", () => {
    expect(select(["internal/.gitignore", "internal/a.go"]).folders).toEqual([])
  })
})

it("links that lead nowhere are left out, whoever keeps them", () => {
  const links = { brokenLinks: ["result"], keep: ["result"] }
  const { kept, leftOut, brokenLinks } = select(["result"], links)
  expect(kept).toEqual([])
  expect(leftOut.get(reasons.link)).toEqual(["result"])
  expect(brokenLinks).toEqual(["result"])
})

describe("assets are told", () => {
  it("by their entry at the root, folders with the number of their files", () => {
    const files = ["a.txt", "b/c.txt", "b/d/e.txt", "b/f.go", "main.go", "static/x", "z"]
    expect(select(files).groups).toEqual([
      { path: "a.txt", files: 1 },
      { path: "b/", files: 2 },
      { path: "static/", files: 1 },
      { path: "z", files: 1 },
    ])
  })

  it("a file and a folder of one name apart, in a stable order", () => {
    const files = ["b/a", "b.txt", "a"]
    expect(select(files).groups).toEqual(select([...files].reverse()).groups)
  })

  it("not where there are none", () => {
    expect(select(["main.go", "go.mod", "internal/a.go"]).groups).toEqual([])
  })
})

it("the patterns leave out what is ignored and nothing else, whatever the files are called", () => {
  // Blanks at the ends of a pattern cannot be said; it has any character in their place.
  const part = fc
    .stringMatching(/^[ab*?![\]\\# ^ü]{1,3}$/)
    .filter((each) => each === each.trim() && !isOfEditor(each))
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"))
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 20 }),
      fc.infiniteStream(fc.boolean()),
      (paths, coins) => {
        const files = paths
          .filter((each) => !paths.some((other) => other.startsWith(`${each}/`)))
          .sort()
        const ignored = new Set(files.filter(() => coins.next().value))
        const ignoredBy = (each: string) => (ignored.has(each) ? ".gitignore" : undefined)
        const { exclude, kept } = select(files, { ignoredBy })
        const isLeftOut = matchPatterns(exclude)
        expect(files.filter((each) => !isLeftOut(each))).toEqual(
          files.filter((each) => !ignored.has(each)),
        )
        expect(kept).toEqual(files.filter((each) => !ignored.has(each)))
      },
    ),
  )
})
