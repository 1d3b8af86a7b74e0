import { identifierOf } from "./license.js"

/**
 * What a package's /usr/share/doc/NAME/copyright says its licences are: an SPDX expression where all of them are known, else
 * their names as they are there; undefined where it does not say.
 */
export function copyrightLicense(text: string): string | undefined {
  const names = isMachineReadable(text) ? namesOfFields(text) : namesOfText(text)
  const distinct = [...new Set(names)]
  if (distinct.length === 0) return undefined
  const expressions = distinct.map(expressionOf)
  const known = expressions.flatMap((each) => each ?? [])
  if (known.length < expressions.length) return distinct.join("; ")
  const all = [...new Set(known)].sort()
  return all.length === 1
    ? all[0]
    : all.map((each) => (/ OR /.test(each) ? `(${each})` : each)).join(" AND ")
}

/** https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/ */
function isMachineReadable(text: string): boolean {
  return /^Format(?:-Specification)?:\s*\S*(?:copyright-format|dep5?\b|DEP-?5)/im.test(
    text.slice(0, 2000),
  )
}

/** Of its paragraphs about files, the short names; those about Debian's own part of the package are not about what is installed. */
function namesOfFields(text: string): string[] {
  const paragraphs = text.split(/\n[ \t]*\n/)
  const field = (paragraph: string, name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, "im").exec(paragraph)?.[1]?.trim()
  const about = (paragraph: string) => {
    const files = field(paragraph, "Files")
    return files !== undefined && !/^debian\/\*?$/.test(files)
  }
  const named = paragraphs.filter(about).flatMap((each) => field(each, "License") ?? [])
  const header = field(paragraphs[0] ?? "", "License")
  return [...named, ...(named.length === 0 && header ? [header] : [])]
    .map((name) => name.replace(/\s+/g, " "))
    .filter((name) => name !== "" && name.length <= longest)
}

/** What is longer is the licence itself. */
const longest = 100

/** Of one written for people: which of Debian's common licences it points to. */
function namesOfText(text: string): string[] {
  const found = [...text.matchAll(/\/common-licenses\/([A-Za-z]+(?:-[\d.]*\d)?)/g)].map(
    ([, name = ""]) => name,
  )
  const names = [...new Set(found)]
  if (names.length === 0)
    return /Permission is hereby granted, free of charge/.test(text) ? ["Expat"] : []
  // Which of them is meant by "any later version" is only clear where each has its own.
  const later = text.match(/any\s+later\s+version/gi)?.length ?? 0
  const versions = names.filter((name) => /^L?GPL-\d/.test(name))
  return names.map((name) => {
    if (!versions.includes(name) || later === 0) return name
    return later >= versions.length ? `${name}+` : `${name} or later, perhaps`
  })
}

/** `GPL-1+ or Artistic`, `GPL-2+ with Autoconf exception` */
function expressionOf(name: string): string | undefined {
  // There, a comma says what belongs together.
  if (name.includes(",") && /\bor\b/i.test(name) && /\band\b/i.test(name)) return undefined
  const words = name
    .replace(/,/g, " ")
    .replace(/_/g, " ")
    .trim()
    .split(/\s+(or|and)\s+/i)
  const parts = words.map((word, index) =>
    index % 2 === 1 ? word.toUpperCase() : oneLicense(word.trim()),
  )
  return parts.includes(undefined) ? undefined : parts.join(" ")
}

function oneLicense(name: string): string | undefined {
  const [, plain = name, exception] =
    /^(\S+)\s+with\s+(?:the\s+)?(.+?)(?:\s+exception)?$/i.exec(name) ?? []
  const license = identifier(plain)
  if (license === undefined || exception === undefined) return license
  const known = exceptions.find(([pattern]) => pattern.test(exception))?.[1]
  return known && `${license} WITH ${known(license)}`
}

const exceptions: readonly [RegExp, (license: string) => string][] = [
  [/^autoconf$/i, (license) => `Autoconf-exception-${license.startsWith("GPL-3") ? "3" : "2"}.0`],
  [/^bison$/i, () => "Bison-exception-2.2"],
  [/^linux-syscall-note$/i, () => "Linux-syscall-note"],
]

/** The names that Debian has for some: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/#license-short-name */
const ownNames: Readonly<Partial<Record<string, string>>> = {
  expat: "MIT",
  "mit/x11": "MIT",
  artistic: "Artistic-1.0-Perl",
  "artistic-1": "Artistic-1.0-Perl",
  "apache-2": "Apache-2.0",
  "openldap-2.8": "OLDAP-2.8",
  bsl: "BSL-1.0",
}

function identifier(name: string): string | undefined {
  const own = ownNames[name.toLowerCase()]
  if (own !== undefined) return own
  const [, family, version = "", later] =
    /^(A?GPL|LGPL|GFDL)-?v?(\d+(?:\.\d+)?)(\+|-or-later)?$/i.exec(name) ?? []
  if (family === undefined) return identifierOf(name)
  const full = version.includes(".") ? version : `${version}.0`
  return identifierOf(
    `${family.toUpperCase()}-${full}-${later === undefined ? "only" : "or-later"}`,
  )
}
