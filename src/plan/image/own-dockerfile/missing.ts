import type { Facts } from "../../../detect/facts.js"
import { settingNames, toKebabCase, type SettingName } from "../../../settings/table/table.js"
import type { Found } from "../../../found.js"

/** Something that the image of the project's own Dockerfile has, and this one has not. */
export interface Missing {
  what: string
  found: readonly MissingValue[]
  /** What to type for it. */
  typed: string
  /** What of it project.toml would have. */
  setting?: SettingName
  /** Of a command, with the arguments that stay, and those that the caller of the image may replace. */
  command?: { program: string; entryArguments: string[]; defaultArguments: string[] }
}

export interface MissingValue extends Found<string> {
  /** Of a file of the source, where this image can have it like that one. */
  place?: string
}

export const ofAnotherImage = "--runtime with an image that has them"

export function ownPath(path: string, { assetRoot }: Facts): string {
  return assetRoot === "" ? path : path.replace(`${assetRoot}/`, "")
}

export function isKept(own: string, { assets }: Facts): boolean {
  return assets.some(({ path }) => (path.endsWith("/") ? `${own}/`.startsWith(path) : path === own))
}

/** More are not typed one by one, and belong into project.toml. */
const mostTyped = 6

/** Each with what to type for it. */
export function each(what: string, found: readonly MissingValue[], option: string): Missing[] {
  const typed = found.map((one) => `${option} ${quoted(typedOf(one))}`).join(" ")
  const isTyped = found.length <= mostTyped && found.every(({ value }) => !value.includes("'"))
  const setting = settingNames.find((name) => `--${toKebabCase(name)}` === option)
  return names(what, found, isTyped ? typed : option).map((missing) => ({ ...missing, setting }))
}

function typedOf({ value, place }: MissingValue): string {
  return place === undefined ? value : `${value}=${place}`
}

function quoted(value: string): string {
  return /^[\w./:=,@%+-]+$/.test(value) ? value : `'${value}'`
}

export function names(what: string, found: readonly MissingValue[], typed: string): Missing[] {
  return found.length > 0 ? [{ what, found, typed }] : []
}
