/**
 * How what this program writes about a build begins: a file of `--sbom`, `--provenance`, `--vex`, `--explain`,
 * `--metadata-file`, `--digest-file` or `--dotenv-file`. One that lies in a project is of an earlier build. In an image it
 * would have the next build, which writes it again, give another image.
 *
 * JavaScript reads these, after `^`, as ripgrep does after `\A`, which Dagger engines search with (`--multiline`).
 */
const beginnings = [
  String.raw`<!doctype html>[\s\S]{0,400}?<meta name="generator" content="go-image"`,
  String.raw`[^\n]*\n\nWhat was decided, where that comes from, and what changes it:\n`,
  // The keys of docker buildx.
  String.raw`\{\s*(?:"[^"\n]*": \{\s*)?"containerimage\.`,
  String.raw`sha256:[0-9a-f]{64}\s*\z`,
  String.raw`IMAGE_DIGEST=sha256:[0-9a-f]{64}\nIMAGE=[^\n]*\nIMAGE_TAGS=`,
  String.raw`\{\s*"title": "[^\n]*\n\s*"decisions": \[[\s\S]{0,600}?"changeWith": `,
  String.raw`\{\s*"spdxVersion":[\s\S]{0,2000}?"Tool: go-image-`,
  String.raw`\{\s*"\$schema": "http://cyclonedx\.org/[\s\S]{0,1000}?"name": "go-image"`,
  String.raw`\{\s*"_type": "https://in-toto\.io/[\s\S]{0,2000}?"buildType": "[^"]*/go-image/[^"]*/provenance\.md"`,
  String.raw`\{\s*"@context": "https://openvex\.dev/[\s\S]{0,1000}?"author": "go-image"`,
]

/** How many bytes are enough to know. */
export const resultStart = 4096

/** For an engine, which searches in whole files. */
export const resultContent = String.raw`\A(?:${beginnings.join("|")})`

/** JavaScript has no `\z`; without the flag `m`, `$` means the same. */
const beginsResult = new RegExp(`^(?:${beginnings.join("|").replaceAll(String.raw`\z`, "$")})`)

/** Pages are no text that is searched for secrets; ours are known by how they begin. */
export function isPage(path: string): boolean {
  return /\.html$/i.test(path)
}

/** @param start At least `resultStart` bytes of the file, or all. */
export function isOwnResult(start: Buffer): boolean {
  return beginsResult.test(start.toString("latin1", 0, resultStart))
}
