/**
 * Whether a text can stand where SPDX wants an expression: identifiers joined by AND, OR and WITH. Alpine's packages say
 * theirs in this way, but for some that only list words.
 */
export function validLicense(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const words = text.replace(/[()]/g, " ").trim().split(/\s+/)
  const isExpression =
    words.length % 2 === 1 &&
    words.every((word, index) =>
      index % 2 === 1 ? /^(?:AND|OR|WITH)$/.test(word) : isIdentifier(word),
    )
  return isExpression && isBalanced(text) ? text.trim() : undefined
}

/**
 * Those that packages and files of projects name most. `GPL-3.0` and the like are SPDX's older ones, for a text alone that
 * leaves open whether a later version may be chosen; a word that SPDX does not know makes a document
 * invalid.
 */
const identifiers = new Set(
  `0BSD AFL-2.1 AGPL-3.0-only AGPL-3.0-or-later Apache-2.0 Artistic-1.0-Perl Artistic-2.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause
  BSD-4-Clause BSL-1.0 bzip2-1.0.6 CC-BY-4.0 CC0-1.0 curl EPL-2.0 EUPL-1.2 FSFAP FSFUL FSFULLR FTL GFDL-1.1-or-later
  GFDL-1.2-only GFDL-1.2-or-later GFDL-1.3-only GFDL-1.3-or-later GPL-1.0-only GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later
  GPL-3.0-only GPL-3.0-or-later HPND ISC LGPL-2.0-only LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only
  LGPL-3.0-or-later Libpng MIT MIT-0 MPL-1.1 MPL-2.0 NCSA OFL-1.1 OLDAP-2.8 OpenSSL PostgreSQL Python-2.0 SSLeay-standalone
  AGPL-3.0 GPL-2.0 GPL-3.0 LGPL-2.1 LGPL-3.0 Unicode-3.0 Unlicense WTFPL X11 Zlib ZPL-2.1 blessing GCC-exception-3.1 GCC-exception-2.0 Autoconf-exception-2.0
  Autoconf-exception-3.0 Bison-exception-2.2 Classpath-exception-2.0 Linux-syscall-note LLVM-exception
  OpenSSL-exception`.split(/\s+/),
)

const byLowerCase = new Map([...identifiers].map((each) => [each.toLowerCase(), each]))

function isIdentifier(word: string): boolean {
  return identifiers.has(word)
}

/** As SPDX writes it; undefined where it is none that is known here. */
export function identifierOf(name: string): string | undefined {
  return byLowerCase.get(name.toLowerCase())
}

function isBalanced(text: string): boolean {
  let open = 0
  for (const character of text) {
    if (character === "(") open++
    if (character === ")" && --open < 0) return false
  }
  return open === 0
}
