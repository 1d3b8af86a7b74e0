import type { Row } from "./go-build.js"

const standard = "org.opencontainers.image."

/** Each build takes these from Git and the base: a value in a file would soon be wrong. */
const ofBuild = /^(?:version|revision|created|source|ref\.name|base\..*)$/

/**
 * Those with a value that is known, which the image has not by itself.
 *
 * @param there What the image has as it is, `NAME=value` each.
 */
export function rowOfLabels(text: string, value: string, there: readonly string[]): Row {
  const all = [...text.matchAll(/([\w./-]+)=("(?:\\.|[^"\\])*"|[^\s"]+)/g)].map(
    ([, name = "", each = ""]) => ({ name, value: each.replace(/^"(.*)"$/, "$1") }),
  )
  const label = all
    .filter((each) => !isOfBuild(each.name) && !/[$\\]/.test(each.value))
    .map((each) => `${each.name}=${each.value}`)
    .filter((each) => !there.includes(each))
  const isUsual = label.length === 0 && text.includes(standard)
  return { option: isUsual ? "LABEL org.opencontainers" : "LABEL", value, writes: { label } }
}

function isOfBuild(name: string): boolean {
  return name.startsWith(standard) && ofBuild.test(name.slice(standard.length))
}
