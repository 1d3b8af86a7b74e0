import { UserError } from "../../errors.js"
import type { Settings } from "../../settings/resolve.js"
import type { RuntimeUser } from "../bases/runtimes.js"
import { workingDirectory } from "../../settings/image-paths.js"

const root: RuntimeUser = {
  name: "root",
  group: "root",
  uid: 0,
  gid: 0,
  home: workingDirectory,
  shell: "/bin/sh",
}

const largestId = 2 ** 31 - 1

/** The one asked for, as a number, by which Kubernetes can tell that it is not root; else the runtime's own. */
export function chooseUser({ user, root: asRoot }: Settings, usual: RuntimeUser): RuntimeUser {
  if (!user) return asRoot?.value ? root : usual
  const { value, from } = user
  if (asRoot?.value && !/^(?:root|0)$/.test(value)) {
    throw new UserError(`two users: ${value} (${from}), and root (${asRoot.from})`, {
      hint: "Ask for one of them.",
    })
  }
  if (value === "root") return root
  if (value === usual.name) return usual
  const [, uidText = "", gidText = uidText] = /^(\d{1,10})(?::(\d{1,10}))?$/.exec(value) ?? []
  const [uid, gid] = [Number(uidText), Number(gidText)]
  if (uidText === "" || uid > largestId || gid > largestId) {
    throw new UserError(`not a user: ${JSON.stringify(value)} (${from})`, {
      hint: `Write a number, or two such as 1234:1234, or one of the names root and ${usual.name}.`,
    })
  }
  if (uid === 0) return { ...root, gid, group: gid === 0 ? root.group : `group${gid}` }
  const isUsual = uid === usual.uid
  return {
    ...usual,
    uid,
    gid,
    name: isUsual ? usual.name : `user${uid}`,
    group: gid === usual.gid ? usual.group : `group${gid}`,
  }
}
