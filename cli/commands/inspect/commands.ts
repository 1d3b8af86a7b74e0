import { Command, Option } from "commander"
import type { Decision } from "../../../src/plan/types.js"
import type { ImageStore } from "../../image/archive.js"
import { programName } from "../../program-name.js"
import { allManifests } from "../../image/manifest.js"
import { digestsOf, findProvenance } from "../verify/find-provenance.js"
import { decisionsOf, readDefinition } from "../verify/provenance.js"
import { compare, printChanges } from "./difference.js"
import { readContents } from "../../image/contents/contents.js"
import { openImage } from "../../image/contents/open-image.js"
import { printContents } from "./print.js"
import { imageName, readSbomFacts } from "../../image/contents/sbom-facts.js"
import { sbomFormats, type SbomFormat } from "../../../src/sbom/documents/format-of.js"
import { unreadNotes } from "../../../src/sbom/os-packages.js"
import { sbomDocument } from "../../../src/sbom/documents/formats.js"

interface Flags {
  json?: boolean
  platform?: string
}

const image =
  "OCI image archive (a tar file), as a build writes it, or an image in a registry: registry.example.com/app:v1"

/** `inspect`, `diff` and `sbom`: what is in images, without an engine. */
export const inspectCommands: ReadonlyMap<string, (args: string[]) => Promise<void>> = new Map([
  ["inspect", inspect],
  ["diff", diff],
  ["sbom", sbom],
])

export function inspectCommand(): Command {
  return newCommand("inspect")
    .description(
      "Print what is in an image: how it runs, its layers, its Go programs, their modules, and where each decision came from.",
    )
    .argument("<image>", image)
    .option(
      "--provenance <file>",
      "provenance file for the decisions, as the build wrote it (default: the one attached to the image)",
    )
}

async function inspect(args: string[]): Promise<void> {
  const command = inspectCommand().parse(args, { from: "user" })
  const { json, platform, provenance } = command.opts<Flags & { provenance?: string }>()
  const opened = await openImage(command.args[0] ?? "")
  const contents = await readContents(opened, platform)
  const decisions = await findDecisions(opened, provenance)
  process.stdout.write(
    json
      ? toJson({ ...contents, decisions, files: Object.fromEntries(contents.files) })
      : printContents(contents, decisions),
  )
}

/** An image does not say them itself. */
async function findDecisions(opened: ImageStore, file: string | undefined): Promise<Decision[]> {
  const manifests = await allManifests(opened)
  const definition =
    file === undefined
      ? (await findProvenance(opened, manifests))?.definition
      : readDefinition(file, digestsOf(opened, manifests))
  return definition ? decisionsOf(definition) : []
}

export function diffCommand(): Command {
  return newCommand("diff")
    .description(
      "Print what differs between two images. Exit status: 0 if nothing differs, else 1.",
    )
    .argument("<before>", image)
    .argument("<after>", image)
}

async function diff(args: string[]): Promise<void> {
  const command = diffCommand().parse(args, { from: "user" })
  const { json, platform } = command.opts<Flags>()
  const [before = "", after = ""] = command.args
  const read = async (name: string) => readContents(await openImage(name), platform)
  const changes = compare(await read(before), await read(after))
  process.stdout.write(json ? toJson(changes) : printChanges(changes))
  if (changes.length > 0) process.exitCode = 1
}

export function sbomCommand(): Command {
  return plainCommand("sbom")
    .description("Print a software bill of materials of an image, all of its platforms.")
    .argument("<image>", image)
    .addOption(
      new Option("--format <format>", "format of the document")
        .choices(sbomFormats)
        .default("spdx"),
    )
}

async function sbom(args: string[]): Promise<void> {
  const command = sbomCommand().parse(args, { from: "user" })
  const [name = ""] = command.args
  const { format } = command.opts<{ format: SbomFormat }>()
  const opened = await openImage(name)
  const facts = await readSbomFacts(opened, imageName(opened))
  for (const note of unreadNotes(facts.images)) process.stderr.write(`note: ${note}\n`)
  process.stdout.write(sbomDocument(facts, format))
}

function newCommand(name: string): Command {
  return plainCommand(name)
    .option(
      "--platform <platform>",
      "platform of the image, if it has several: linux/arm64 (default: this machine's)",
    )
    .option("--json", "print everything as JSON")
}

function plainCommand(name: string): Command {
  return new Command(`${programName} ${name}`)
    .helpOption("-h, --help", "show this help")
    .configureHelp({ helpWidth: 110 })
    .exitOverride((error) => {
      process.exit(error.exitCode === 0 ? 0 : 2)
    })
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
