import { UserError } from "../../errors.js"

/** What of a package.json says how a front end is built. */
export interface PackageJson {
  name?: string
  scripts: Readonly<Record<string, string>>
  /** Of all kinds, with what they are required as. */
  dependencies: Readonly<Record<string, string>>
  /** Patterns of the folders of a workspace's packages. */
  workspaces: string[]
  /** `pnpm@9.1.0`, without a checksum. */
  packageManager?: string
  engines: Readonly<Record<string, string>>
  volta: Readonly<Record<string, string>>
  /** Those that bun lets run their scripts. */
  trustedDependencies: string[]
  /** For what is looked for by its line. */
  text: string
}

/** What has another type than expected is left out: npm says what is wrong with it. */
export function parsePackageJson(text: string, file: string): PackageJson {
  const found = record(read(text.replace(/^\uFEFF/, ""), file))
  const { workspaces, packageManager, name } = found
  return {
    ...(typeof name === "string" ? { name } : {}),
    scripts: texts(found["scripts"]),
    dependencies: Object.assign(
      {},
      ...["dependencies", "devDependencies", "optionalDependencies"].map((kind) =>
        texts(found[kind]),
      ),
    ) as Record<string, string>,
    workspaces: strings(Array.isArray(workspaces) ? workspaces : record(workspaces)["packages"]),
    ...(typeof packageManager === "string"
      ? { packageManager: packageManager.replace(/\+.*/s, "") }
      : {}),
    engines: texts(found["engines"]),
    volta: texts(found["volta"]),
    trustedDependencies: strings(found["trustedDependencies"]),
    text,
  }
}

/** The first line that has a key, from that of another one on; 1-based. */
export function lineOfKey(text: string, key: string, after?: string): number {
  const lines = text.split("\n")
  const has = (name: string) => (line: string) => line.includes(`"${name}"`)
  const start = after === undefined ? 0 : Math.max(lines.findIndex(has(after)), 0)
  const index = lines.findIndex((line, i) => i >= start && has(key)(line))
  return Math.max(index, 0) + 1
}

function read(text: string, file: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new UserError("not JSON", {
      place: { file },
      hint: "`npm pkg fix` or an editor shows where. To build without the front end: --frontend off",
    })
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value
  throw new UserError("not a package.json: expected an object", { place: { file } })
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {}
}

function texts(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  )
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : []
}
