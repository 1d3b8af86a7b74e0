import { randomUUID } from "node:crypto"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readImage } from "../read-image.js"
import { script } from "./command.js"
import { inVolumes } from "./volumes.js"

const volumesOf = (namespace: string) => ({
  "/modules": `${namespace}-modules`,
  "/build": `${namespace}-build-1.25`,
})

let folder: string
let project: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
  project = join(folder, "project")
  cpSync("examples/shortlinks", project, { recursive: true })
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(join(project, file, ".."), { recursive: true })
  writeFileSync(join(project, file), text)
}

describe("code of a project", () => {
  const attempts = /(written|changed|becomes root): .*/g

  /** Says of each place whether it could be written to, and of each file whether it could be changed. */
  const attack = `
for folder in /shared/modules /shared/modules/cache/download /shared/build /shared/build/00 /root /usr/local/go/bin \
  /usr/local/bin /go/bin /; do
  (echo "poison-$1" >"$folder/poison-$1") 2>/dev/null && echo "written: $folder"
done
for file in $(find /shared/modules -name '*.go' | head -1) $(find /shared/build -name '*-d' | head -1) \
  $(find /shared/modules -name '*.ziphash' | head -1) /project-code.sh; do
  echo "seen: $file"
  (chmod u+w "$file"; echo "poison-$1" >>"$file") 2>/dev/null && echo "changed: $file"
done
# Where the program will be put, and to where the go command would follow.
[ -e /out ] || ln -s "/go/pkg/mod/poison-$1" /out 2>/dev/null && [ -L /out ] && echo "written: /out"
find / -xdev -type f -perm /6000 2>/dev/null | sed 's/^/becomes root: /'
exit 0
`

  it("cannot write to what others are compiled from: hooks, tests", async () => {
    const id = randomUUID()
    write("attack.sh", attack)
    write("bin/go-pre-compile", `#!/bin/sh\nsh attack.sh ${id} >before.txt\n`)
    write(
      "bin/go-post-compile",
      `#!/bin/sh\nset -e\nsh attack.sh ${id} >after.txt\necho "# changed" >>/out/image/app/shortlinks\n`,
    )
    write(
      "attack_test.go",
      `package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestAttack(t *testing.T) {
	out, err := exec.Command("sh", "attack.sh", "${id}").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "seen: /shared/build") {
		t.Fatal(err, string(out))
	}
	for _, word := range []string{"written: ", "changed: ", "becomes root: "} {
		if strings.Contains(string(out), word) {
			t.Error(string(out))
		}
	}
	// A program that is compiled by a test is compiled.
	if out, err := exec.Command("go", "build", "-o", os.DevNull, ".").CombinedOutput(); err != nil {
		t.Error(err, string(out))
	}
}
`,
    )
    const archive = join(folder, "app.tar")
    // In volumes of its own: beside other builds on a new machine, a step once met another volume of the name.
    const own = ["--cache-namespace", id]
    const built = await script([project, "--output", archive, ...own])
    expect(built.code, built.stderr).toBe(0)
    const image = await readImage(archive)
    for (const report of ["/app/before.txt", "/app/after.txt"]) {
      const text = (await image.readFile(report)).toString()
      expect(text).toContain("seen: /shared/modules")
      expect(text).toContain("seen: /shared/build")
      expect(text.match(attempts)).toBeNull()
    }

    const tested = await script([project, "--check", "test", ...own])
    expect(tested.code, tested.stderr).toBe(0)

    // By a mark of its own: others' packages may have any word.
    const left = `find /modules /build >/tmp/all
grep poison-${id} /tmp/all || :
xargs -d '\\n' grep -lx -d skip poison-${id} </tmp/all || :
wc -l </tmp/all`
    expect((await inVolumes(volumesOf(id), left)).trim()).toMatch(/^[1-9]\d*$/)
  })
})

it("a module that was changed in the volume is found, and the message says what to do", async () => {
  // In volumes of its own, as above.
  const namespace = `words-${randomUUID()}`
  const own = volumesOf(namespace)
  const [module, version] = ["github.com/mattn/go-shellwords", "v1.0.12"]
  project = join(folder, "words")
  write("go.mod", `module example.com/words\n\ngo 1.25\n\nrequire ${module} ${version}\n`)
  write(
    "go.sum",
    `${module} ${version} h1:M2zGm7EW6UQJvDeQxo4T51eKPurbeFbe8WtebGE2xrk=
${module} ${version}/go.mod h1:EZzvwXDESEeg03EKmM+RmDnNOPKG4lLtQsUlTZDWQ8Y=
`,
  )
  const edit = () => {
    const imports = `import (\n\t"fmt"\n\n\t"${module}"\n)`
    const main = `func main() { fmt.Println(shellwords.Parse("a ${randomUUID()}")) }`
    write("main.go", `package main\n\n${imports}\n\n${main}\n`)
  }
  const build = (...options: string[]) => {
    edit()
    const usual = ["-o", join(folder, "words.tar"), "--cache-namespace", namespace]
    return script([project, ...usual, ...options])
  }
  const file = `/modules/${module}@${version}/shellwords.go`
  const whole = await build()
  expect(whole.code, whole.stderr).toBe(0)
  await inVolumes(own, `chmod u+w ${file}; cp ${file} ${file}.kept; echo 'func (' >>${file}`)
  try {
    const edited = await build()
    expect(edited.code).toBe(3)
    expect(edited.stderr).toContain("The error is in a downloaded module, not in the project.")

    const again = await build("--no-cache")
    expect(again.code).toBe(3)
    expect(again.stderr).toMatch(/dir has been modified[^]*--cache-namespace NAME uses new volumes/)
  } finally {
    await inVolumes(own, `mv ${file}.kept ${file}`)
  }
  const mended = await build("--no-cache")
  expect(mended.code, mended.stderr).toBe(0)
})

describe("--no-cache", () => {
  it("runs all steps again and keeps the volumes; nothing of it is in the image", async () => {
    // In volumes of its own, as above.
    const mark = `marked-${randomUUID()}`
    const own = volumesOf(mark)
    const build = (archive: string, ...options: string[]) =>
      script([project, "--output", archive, "--cache-namespace", mark, ...options])
    const archives = ["cached", "again"].map((name) => join(folder, `${name}.tar`))
    const [cached = "", again = ""] = archives
    expect((await build(cached)).code).toBe(0)
    await inVolumes(own, `touch /modules/${mark} /build/${mark}`)
    const { code, stderr } = await build(again, "--no-cache")
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/"go","mod","download"\] +[\d.]+ s|go mod download.* [\d.]+ s/)
    expect(stderr).not.toMatch(/^ {2}build: .*go (mod (download|verify)|build).* {2}cached$/m)
    const listed = await inVolumes(own, `ls /modules /build`)
    expect(listed.split("\n").filter((name) => name === mark)).toHaveLength(2)
    const [first, second] = await Promise.all(archives.map(configuration))
    expect(second).toEqual(first)
    expect(JSON.stringify(second)).not.toContain("GO_IMAGE_BUILD")
  })
})

describe("--cache-namespace", () => {
  it("is not answered by what steps of another one have left", async () => {
    write("main.go", "package main\n\nfunc main() {}\n")
    for (const file of ["links.go", "routes.go", "links_test.go", "go.sum"])
      rmSync(join(project, file))
    write("go.mod", `module example.com/app // ${randomUUID()}\n\ngo 1.25\n`)
    for (const namespace of ["one", "other"]) {
      const output = join(folder, `${namespace}.tar`)
      const { code, stderr } = await script([
        ...[project, "--output", output, "--cache-namespace", `e2e-${namespace}`],
      ])
      expect(code, stderr).toBe(0)
      expect(stderr).toMatch(/^ {2}build: go build .* {2}[\d.]+ s$/m)
      expect(stderr).not.toMatch(/^ {2}build: go build .* {2}cached$/m)
    }
  })
})

/** All that the image says of itself, but for when its layers were made and what they are. */
async function configuration(path: string): Promise<unknown> {
  const { config, files } = await readImage(path)
  const history = config.history?.map(({ created_by, empty_layer }) => ({
    created_by,
    empty_layer,
  }))
  return { run: config.config, history, files: [...files.keys()].sort() }
}
