import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
} from "node:fs"
import { join } from "node:path"
import { Command } from "commander"
import { UserError } from "../../../src/errors.js"
import { Release } from "./steps.js"

/** `bash script/release`; the first argument is the checkout. */
const [root = ".", ...args] = process.argv.slice(2)

const program = new Command("bash script/release")
  .description(
    "Release a version: version, changelog, commit and tag; or check and publish a tag, as the workflow does.",
  )
  .argument("[version]", "such as 1.2.3 or 1.2.3-rc.1")
  .option("--dry-run", "do it in a copy, show what it does, and change nothing")
  .option(
    "--check <tag>",
    "check that this commit is the one of the tag, with its version in all files",
  )
  .option(
    "--publish <tag>",
    "publish the npm package, the image of the frontend and the release of a tag",
  )
  .helpOption("-h, --help", "show this help")
  .parse(args, { from: "user" })

const { dryRun, check, publish } = program.opts<{
  dryRun?: true
  check?: string
  publish?: string
}>()
const [version] = program.args

try {
  if (check !== undefined) ofTag(check).checkTagged()
  else if (publish !== undefined) publishTag(ofTag(publish))
  else if (version === undefined) program.help({ error: true })
  else if (dryRun) rehearse(version)
  else release(new Release(root, version))
} catch (error) {
  if (!(error instanceof UserError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

function ofTag(tag: string): Release {
  return new Release(root, tag.replace(/^v/, ""))
}

function release(it: Release): void {
  it.checkNew()
  it.checkClean()
  it.write(today())
  it.commit()
  say(`committed and tagged ${it.tag}; nothing was sent`)
  say(`To publish: git push origin HEAD ${it.tag}`)
}

/** In a clone of the last commit, with the same packages installed. */
function rehearse(version: string): void {
  const place = join(root, "node_modules/.cache/go-image")
  mkdirSync(place, { recursive: true })
  const folder = mkdtempSync(join(place, "release-"))
  try {
    const copy = join(folder, "go-image")
    const here = new Release(root, version)
    here.checkNew()
    here.git("clone", "--quiet", "--shared", root, copy)
    installIn(copy)
    const it = new Release(copy, version)
    // For a machine that has no identity of its own, such as a runner.
    it.git("config", "user.name", "dry run")
    it.git("config", "user.email", "dry-run@example.com")
    it.write(today())
    it.commit()
    it.checkTagged()
    const file = it.package(join(folder, "dist"))
    say(`files of the release:\n${it.git("show", "--stat=100", "--format=", "HEAD")}`)
    say(
      `message of the tag ${it.tag}:\n${indent(it.git("tag", "--list", "--format=%(contents)", it.tag))}`,
    )
    say(`package:\n${indent(readFileSync(join(folder, "dist/SHA256SUMS"), "utf8").trim())}`)
    say("published by the workflow of the tag, with:")
    for (const command of it.publishing(`dist/${file.split("/").at(-1)}`))
      say(indent(shown(command)))
    say("This was a dry run: nothing was changed or sent.")
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Links to the packages that are installed; npm's mark is a file of its own, and newer than the lockfile. */
function installIn(copy: string): void {
  const from = join(root, "node_modules")
  const to = join(copy, "node_modules")
  mkdirSync(to)
  const mark = ".package-lock.json"
  for (const each of readdirSync(from)) {
    if (each !== mark && each !== ".cache") symlinkSync(join(from, each), join(to, each))
  }
  cpSync(join(from, mark), join(to, mark))
  const later = new Date(Date.now() + 1000)
  utimesSync(join(to, mark), later, later)
}

function publishTag(it: Release): void {
  it.checkTagged()
  const file = it.package(join(root, "dist"))
  for (const [command = "", ...rest] of it.publishing(file)) {
    say(`running: ${shown([command, ...rest])}`)
    it.run(command, rest)
  }
}

function shown(command: readonly string[]): string {
  return command.map((word) => (/^[\w./:=,@-]+$/.test(word) ? word : "…")).join(" ")
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ")
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
