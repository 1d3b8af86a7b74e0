/** What must not be in an image unless that is meant: whoever has the image can read it. */

const names =
  /(?:^|\/)(?:\.env|\.env\.(?!(?:example|sample|template|dist|defaults?)$)[^/]*|\.envrc|\.netrc|_netrc|\.git-credentials|\.pgpass|\.pypirc|\.dockercfg|\.docker\/config\.json|\.kube\/config|kubeconfig|[^/]+\.kubeconfig|[^/]+\.tfstate|[^/]+\.tfstate\.[^/]+|id_(?:rsa|dsa|ecdsa|ed25519)|[^/]+\.(?:p12|pfx|jks|keystore|ppk))$/

/** Those whose content says it. */
const candidates =
  /(?:^|\/)(?:[^/]+\.(?:pem|key|p8)|\.npmrc|[^/]*kube[^/]*\.ya?ml|[^/]*(?:account|credential|secret|gcp|google|gcloud|firebase)[^/]*\.json|[^/]+-[0-9a-f]{12}\.json)$/i

const content =
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY|"type":\s*"service_account"|^\s*(?:client-key-data|token):\s*\S|:_(?:authToken|password|auth)\s*=\s*(?!\$\{)\S/m

/** The usual ones, for engines. */
export const secretPatterns = ["**/.env", "**/.env.local", "**/.envrc", "**/.netrc"]

/** Whether a file has to be read to know. */
export function mayBeSecret(path: string): boolean {
  return candidates.test(path) && !names.test(path)
}

export function isSecret(path: string, textOf: (path: string) => string | undefined): boolean {
  if (names.test(path)) return true
  return candidates.test(path) && content.test(textOf(path) ?? "")
}

/** It may hold one, and may as well be what the program needs: worth a word. */
export function mayHoldSecret(path: string): boolean {
  return /(?:^|\/)(?:[^/]+\.env|\.htpasswd|credentials|credentials\.json|secrets?\.(?:ya?ml|json|toml)|[^/]+\.key)$/.test(
    path,
  )
}
