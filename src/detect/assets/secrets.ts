/** What must not be in an image unless that is meant: whoever has the image can read it. */

const names = new RegExp(
  `(?:^|/)(?:${[
    // Settings with passwords.
    String.raw`\.env`,
    String.raw`\.env\.(?!(?:example|sample|template|dist|defaults?)$)[^/]*`,
    String.raw`\.envrc`,
    // Of programs that log in for somebody.
    String.raw`[._]netrc`,
    String.raw`\.git-credentials`,
    String.raw`\.pgpass`,
    String.raw`\.my\.cnf`,
    String.raw`\.pypirc`,
    String.raw`\.s3cfg`,
    String.raw`\.boto`,
    String.raw`\.htpasswd`,
    String.raw`\.vault-token`,
    String.raw`\.dockercfg`,
    String.raw`\.docker/config\.json`,
    String.raw`\.aws/credentials`,
    String.raw`\.cargo/credentials(?:\.toml)?`,
    String.raw`\.config/gcloud/.+`,
    String.raw`application_default_credentials\.json`,
    String.raw`\.kube/config`,
    "kubeconfig",
    String.raw`[^/]+\.kubeconfig`,
    // Terraform keeps and is given passwords as they are.
    String.raw`[^/]+\.tfstate(?:\.[^/]+)?`,
    String.raw`[^/]+\.tfvars(?:\.json)?`,
    String.raw`\.terraform/.+`,
    String.raw`\.terraformrc`,
    // Keys.
    String.raw`id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?`,
    String.raw`[^/]+\.(?:p12|pfx|jks|keystore|ppk|kdbx)`,
    String.raw`\.gnupg/.+`,
    // What was typed, often with a password.
    String.raw`\.(?:bash|zsh|sh|python|psql|mysql|rediscli|node_repl)_history`,
  ].join("|")})$`,
  "i",
)

/** Whether a name alone says so. */
export function hasSecretName(path: string): boolean {
  return names.test(path)
}

/**
 * In the text of any file, whatever its name. JavaScript reads it, with the flag `m`, as ripgrep does, which Dagger
 * engines search with (`--multiline`).
 */
export const secretContent = [
  // PEM, OpenSSH's own format, PGP; in JSON, too.
  String.raw`-----BEGIN [A-Z0-9 ]*PRIVATE KEY`,
  "AGE-SECRET-KEY-1[0-9A-Z]",
  String.raw`"type"\s*:\s*"service_account"`,
  // kubectl's.
  String.raw`^[ \t"-]*client-key-data"?\s*:\s*\S`,
  String.raw`^kind:\s*["']?Config["']?\s*$[\s\S]*^[ \t-]+(?:token|password):\s*\S`,
  String.raw`^[ \t-]+(?:token|password):\s*\S[\s\S]*^kind:\s*["']?Config["']?\s*$`,
  // Docker's, and npm's.
  String.raw`"auths"\s*:\s*\{[\s\S]*"auth"\s*:\s*"[^"]`,
  String.raw`^\s*(?://[^\s=]*:)?_(?:authToken|password|auth)\s*=\s*[^\s$]`,
].join("|")

/** Each match has one of these in it. */
export const secretMarks = [
  "PRIVATE KEY",
  "AGE-SECRET-KEY-1",
  "service_account",
  "client-key-data",
  "Config",
  '"auths"',
  "_auth",
  "_password",
]

const content = new RegExp(secretContent, "m")

export function hasSecretContent(text: string): boolean {
  return content.test(text)
}

/** Endings of what is no text, and often is most of what a repository weighs. */
export const mediaEndings = [
  ...["png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "svg", "bmp", "tif", "tiff", "psd"],
  ...["woff", "woff2", "ttf", "otf", "eot"],
  ...["mp3", "mp4", "m4a", "ogg", "wav", "webm", "mov", "pdf"],
  ...["gz", "tgz", "zip", "tar", "xz", "zst", "bz2", "7z", "br", "jar", "wasm", "so", "mmdb"],
]

/** And of code and pages, where such words are often part of an example. */
export const notSearched = [
  ...mediaEndings,
  ...["js", "mjs", "cjs", "jsx", "ts", "tsx", "map", "css", "scss", "sass", "less", "vue"],
  ...["html", "htm", "gohtml", "tmpl", "md", "go", "proto", "c", "h", "cc", "cpp", "py", "rs"],
]

const unsearched = new RegExp(String.raw`\.(?:${notSearched.join("|")})$`, "i")

export function isSearched(path: string): boolean {
  return !unsearched.test(path)
}

/** The usual ones, for engines. */
export const secretPatterns = ["**/.env", "**/.env.local", "**/.envrc", "**/.netrc"]

/** It may hold one, and may as well be what the program needs: worth a word. */
export function mayHoldSecret(path: string): boolean {
  return /(?:^|\/)(?:[^/]+\.env|credentials|credentials\.json|secrets?\.(?:ya?ml|json|toml)|[^/]+\.key)$/.test(
    path,
  )
}
