import { UserError } from "../../src/errors.js"

export interface ProcessUser {
  uid: number
  gid: number
  additionalGids: number[]
}

/**
 * Reads an image's `User` the way container engines do: `name`, `uid`, and either with `:group` or `:gid`. Names are
 * looked up in the image's own /etc/passwd and /etc/group; a number needs no entry there.
 */
export function resolveUser(user: string, passwd: string, group: string): ProcessUser {
  const [userPart = "", groupPart = ""] = user.split(":")
  const uid = userPart === "" ? 0 : parseId(userPart)
  const account = records(passwd).find(([name, , id]) =>
    uid === undefined ? name === userPart : Number(id) === uid,
  )
  if (uid === undefined && !account) {
    throw new UserError(`the image's user ${userPart} is not in its /etc/passwd`)
  }
  const [accountName, , accountUid, accountGid] = account ?? []

  const groups = records(group)
  if (groupPart !== "") {
    const gid = parseId(groupPart) ?? groups.find(([name]) => name === groupPart)?.[2]
    if (gid === undefined) {
      throw new UserError(`the image's group ${groupPart} is not in its /etc/group`)
    }
    return { uid: uid ?? Number(accountUid), gid: Number(gid), additionalGids: [] }
  }
  return {
    uid: uid ?? Number(accountUid),
    gid: Number(accountGid ?? 0),
    additionalGids: groups
      .filter(([, , , members = ""]) => accountName && members.split(",").includes(accountName))
      .map(([, , gid]) => Number(gid)),
  }
}

function parseId(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined
}

/** Lines of fields between colons; comments and blank lines have too few of them. */
function records(text: string): string[][] {
  return text
    .split("\n")
    .map((line) => line.split(":"))
    .filter(({ length }) => length >= 4)
}
