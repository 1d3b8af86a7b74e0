import { licenseOfText } from "../../sbom/licenses/license-text.js"
import { isExpression } from "../../license-expression.js"

/** Of the folder of a module, and of the source. */
export const licenseFiles = ["LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING"]

export function isLicenseFile(path: string): boolean {
  return licenseFiles.includes(path.slice(path.lastIndexOf("/") + 1))
}

/** The SPDX expression of a license file, and its line; undefined where it is none that is known here. */
export function readLicense(text: string): { value: string; line: number } | undefined {
  const value = licenseOfText(text)
  if (value === undefined || !isExpression(value)) return undefined
  const lines = text.split(/\r?\n/)
  const first = lines.findIndex((line) => line.trim() !== "" && !/^\W*copyright\b/i.test(line))
  return { value, line: first + 1 }
}
