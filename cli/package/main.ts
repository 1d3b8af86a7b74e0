import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { packageManifest, type ProjectManifest } from "./manifest.js"
import { thirdPartyLicenses, type Metafile } from "./third-party.js"

/* What is beside the bundles in the package for npm: node - ROOT FOLDER (script/package). */

const [root = "", folder = ""] = process.argv.slice(2)

const read = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"))

const manifest = packageManifest(read(join(root, "package.json")) as ProjectManifest)
writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`)
writeFileSync(
  join(folder, "THIRD-PARTY-LICENSES.txt"),
  thirdPartyLicenses(root, read(join(folder, "meta.json")) as Metafile),
)
