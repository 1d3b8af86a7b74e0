import type { Argument } from "../plan/types.js"

/* Until the text of a Dockerfile is written, signs that no project has stand in the places of its arguments. */

const start = "\uE000"
const end = "\uE001"
const sign = /\uE000([A-Z_]+)(#v)?\uE001/g

/** @param name `VERSION`; `VERSION#v` for its value without the v at its start. */
export function signOf(name: string): string {
  return start + name + end
}

export function hasArgument(text: string): boolean {
  return text.includes(start)
}

/** The names of those that a text has, in the order of the plan. */
export function argumentsIn(text: string, given: readonly Argument[]): string[] {
  const names = new Set([...text.matchAll(sign)].map(([, name = ""]) => name))
  return given.map(({ name }) => name).filter((name) => names.has(name))
}

/** As a Dockerfile and a shell have them. */
export function withNames(text: string): string {
  return text.replace(sign, "${$1$2}")
}
