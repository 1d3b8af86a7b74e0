/**
 * Where people find a repository, of the address that Git has for it: without passwords, as a web address where it is one of
 * a host. Undefined of a folder on this machine, and where there is none.
 *
 * @param remotes Addresses by their names.
 */
export function publicRemote(remotes: ReadonlyMap<string, string>): string | undefined {
  const address = mainRemote(remotes)
  return address === undefined ? undefined : webAddress(address)
}

/** The address that counts: that of origin, or the only one. */
export function mainRemote(remotes: ReadonlyMap<string, string>): string | undefined {
  const [only, another] = remotes.values()
  return remotes.get("origin") ?? (another === undefined ? only : undefined)
}

/** `git@github.com:acme/shop.git` is `https://github.com/acme/shop`. */
export function webAddress(address: string): string | undefined {
  const [, scpHost, scpPath] =
    /^(?:[\w.-]+@)?([\w.-]+\.[\w-]+):(?!\/\/|\d+\/)(.+)$/.exec(address) ?? []
  const url = tryUrl(scpHost === undefined ? address : `ssh://${scpHost}/${scpPath}`)
  if (!url || !/^(?:https?|ssh|git|git\+ssh|git\+https):$/.test(url.protocol)) return undefined
  const path = url.pathname.replace(/\/+$/, "").replace(/\.git$/, "")
  if (url.hostname === "" || path === "") return undefined
  // A port of SSH's says nothing of the web's.
  const isWeb = /^https?:$/.test(url.protocol)
  const host = isWeb ? url.host : url.hostname
  return `${url.protocol === "http:" ? "http" : "https"}://${host}${path}`
}

function tryUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}
