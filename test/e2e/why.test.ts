import { execFile } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { promisify } from "node:util"
import { afterAll, expect, it } from "vitest"
import type { WhyAccount } from "../../cli/commands/why/account.js"
import { script } from "./command.js"

/** What `why` says of builds, compared with what Go itself compiles of the same files (`go build -v`). */

const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const project = join(folder, "project")

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
}

function writeLeaf(text: string): void {
  write("internal/leaf/leaf.go", `package leaf\n\nvar Text = "${text}"\n`)
}

async function build(...options: string[]): Promise<void> {
  const archive = join(folder, "image.tar")
  const { code, stderr } = await script([project, "-o", archive, "--runtime=scratch", ...options])
  expect(code, stderr).toBe(0)
}

async function why(...args: string[]): Promise<WhyAccount> {
  const { code, stdout, stderr } = await script(["why", "--json", ...args], { cwd: project })
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as WhyAccount
}

/** Packages that Go compiles here, as `why` names them. */
async function compiledByGo(): Promise<string[]> {
  const args = ["build", "-v", "-trimpath", "-gcflags=all=-dwarf=false", "-o", "/dev/null", "."]
  const env = { ...process.env, CGO_ENABLED: "0", GOFLAGS: "", GOTOOLCHAIN: "local" }
  const { stderr } = await promisify(execFile)("go", args, {
    cwd: project,
    env,
  })
  const own = stderr.split("\n").filter((line) => /^example\.com\/why(?:\/|$)/.test(line))
  return own.map((path) => path.replace("example.com/why", ".")).sort()
}

it("names the file that changed, and the packages that Go compiles because of it", async () => {
  // Of this run alone: what Go's cache has of runs before is nobody's to know.
  const run = String(process.hrtime.bigint())
  write("go.mod", "module example.com/why\n\ngo 1.25\n")
  write(
    "main.go",
    'package main\n\nimport "example.com/why/internal/mid"\n\nfunc main() { println(mid.Text()) }\n',
  )
  write(
    "internal/mid/mid.go",
    'package mid\n\nimport "example.com/why/internal/leaf"\n\nfunc Text() string { return leaf.Text }\n',
  )
  writeLeaf(run)
  expect((await script(["why"], { cwd: project })).code).not.toBe(0)
  await build()
  const first = await why()
  expect(first.before).toBeUndefined()
  expect(first.packages).toMatchObject({ own: 3, all: { kind: "first" } })
  await compiledByGo()

  writeLeaf(`${run} again`)
  await build()
  const account = await why()
  expect(account.files).toEqual([
    { kind: "file", path: "internal/leaf/leaf.go", change: "changed" },
  ])
  expect(account.ran.map(({ causes }) => causes)).toEqual([
    account.files,
    [{ kind: "stage", stage: "build" }],
  ])
  const { compiled } = account.packages!
  const byGo = await compiledByGo()
  expect(compiled.filter(({ maybe }) => !maybe).map((each) => each.package)).toEqual(byGo)
  expect(byGo).toEqual(["./internal/leaf", "./internal/mid"])
  expect(compiled.find((each) => each.package === ".")).toMatchObject({
    ...{ maybe: true, through: ["./internal/mid", "./internal/leaf"] },
  })
  // Of one package, asked in a subfolder.
  const one = await script(["why", "leaf"], { cwd: join(project, "internal") })
  expect(one.stdout).toBe(
    "./internal/leaf was compiled again, unless Go's cache had it of an earlier build: internal/leaf/leaf.go changed.\n",
  )

  // The package of a folder, all that is in one, and the project from elsewhere.
  const here = await script(["why", "."], { cwd: join(project, "internal/leaf") })
  expect(here.stdout).toBe(one.stdout)
  const inFolder = await script(["why", "internal"], { cwd: project })
  expect(inFolder.stdout).toMatch(/^2 packages in \.\/internal, 2 compiled again:\n/)
  const elsewhere = await script(["why", project], { cwd: folder })
  expect(elsewhere.stdout).toMatch(/^The build of .*, compared with /)

  // A build for which nothing changed leaves the account as it is, and is told.
  await build()
  const { again, ...same } = await why()
  expect(again).toBeDefined()
  expect(same).toEqual(account)
  const whole = await script(["why", "."], { cwd: project })
  expect(whole.stdout).toMatch(/^Nothing has changed since: /)
  const similar = await script(["why", "lea"], { cwd: project })
  expect(similar.stderr).toContain("Did you mean ./internal/leaf?")
  const foreign = await script(["why", "example.org/none"], { cwd: project })
  expect(foreign.stderr).toContain("the programs need no package")

  await build(`--linker-values=main.x=${run}`)
  const option = await why()
  expect(option.files).toEqual([])
  expect(option.ran[0]?.causes).toMatchObject([{ kind: "setting", what: "flag -ldflags" }])
  expect(option.packages?.compiled).toEqual([])
}, 120_000)

it("tells which package took the compiler long, and after a build that failed, which build it is about", async () => {
  write("go.mod", "module example.com/why\n\ngo 1.25\n")
  write("main.go", "package main\n\nfunc main() {}\n")
  await build()
  const before = JSON.stringify(await why())
  // So much that it takes seconds, and of this run alone.
  const functions = Array.from(
    { length: 15_000 },
    (_, i) =>
      `func F${i}(m map[string]int, s []string) int { for k, v := range m { if len(s) > v { s = append(s, k) } else { m[k] = v * ${i} } }; return len(s) + m["${i}"] }`,
  )
  write("main.go", "package main\n\nfunc main() { println( }\n")
  const failed = await script([project, "-o", join(folder, "image.tar")])
  expect(failed.code, failed.stderr).toBe(3)
  const { failed: known, ...rest } = await why()
  expect(known?.reason).toBe("build: go build . (exit code 1)")
  expect(JSON.stringify(rest)).toBe(before)

  write("internal/big/big.go", `package big\n\n// ${Date.now()}\n${functions.join("\n")}\n`)
  write(
    "main.go",
    'package main\n\nimport "example.com/why/internal/big"\n\nfunc main() { println(big.F1(nil, nil)) }\n',
  )
  const archive = join(folder, "image.tar")
  const explained = join(folder, "explain.json")
  const built = await script([project, "-o", archive, "--explain", explained])
  expect(built.code, built.stderr).toBe(0)
  expect(built.stderr).toMatch(
    /^slow {2}example\.com\/why\/internal\/big (?:\d+ min )?\d+(?:\.\d)? s; /m,
  )
  const { failed: gone, slow } = await why()
  expect(gone).toBeUndefined()
  expect(slow[0]).toMatchObject({
    package: "example.com/why/internal/big",
    module: "example.com/why",
    importedBy: ["example.com/why"],
  })
  expect(slow[0]?.seconds).toBeGreaterThan(1)
  const { steps } = JSON.parse(readFileSync(explained, "utf8")) as { steps: { slow?: object[] }[] }
  expect(steps.flatMap((step) => step.slow ?? [])).toEqual(slow)
}, 240_000)
