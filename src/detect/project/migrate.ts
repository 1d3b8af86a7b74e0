import type { GoMod } from "../modules/go-mod.js"
import type { Source } from "../source.js"
import type { Found } from "../../found.js"

/** The golang-migrate command that belongs to the library that the project uses. https://github.com/golang-migrate/migrate */
export interface Migrate {
  /** `github.com/golang-migrate/migrate/v4` and its version. */
  module: Found<string>
  version: string
  /** Its database and source drivers, as build tags: those that the project imports. */
  drivers: string[]
}

const modulePattern = /^github\.com\/golang-migrate\/migrate(?:\/v\d+)?$/

/** What migetpacks builds the command with. */
const usualDrivers = ["mysql", "postgres"]

/** Where go.mod requires it for the project itself, rather than for one of its dependencies. */
export async function detectMigrate(source: Source, goMod: GoMod): Promise<Migrate | undefined> {
  const required = goMod.requires.find(
    ({ path, indirect }) => modulePattern.test(path) && !indirect,
  )
  if (!required) return undefined
  const { path, version, line } = required
  const lines = await source.search(
    `"${path.replaceAll(".", "\\.")}/(?:database|source)/[a-z0-9/]+"`,
  )
  const drivers = lines.flatMap(({ text }) => {
    const [, driver] = /\/(?:database|source)\/([a-z0-9/]+)"/.exec(text) ?? []
    return driver === undefined ? [] : [toBuildTag(driver)]
  })
  const known = [...new Set(drivers)].filter((driver) => !builtIn.includes(driver)).sort()
  return {
    module: { value: path, file: goMod.module.file, line },
    version,
    drivers: known.length > 0 ? known : usualDrivers,
  }
}

/** In every build of the command, or not drivers at all. */
const builtIn = ["file", "iofs", "stub", "testing", "multistmt"]

/** A driver's folder is its build tag, but for pgx's versions and a source of many services. */
function toBuildTag(driver: string): string {
  return driver === "pgx/v5" ? "pgx5" : (driver.split("/")[0] ?? driver)
}
