import { UserError } from "../../errors.js"
import type { Setting } from "../../settings/setting.js"

/** Of linux, but for those that no program can be told by: SIGKILL and SIGSTOP. */
const signals =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  )

/** `SIGINT`, `INT` and `int` are the same. */
export function stopSignal(setting: Setting<string> | undefined): string | undefined {
  if (!setting) return undefined
  const name = setting.value.toUpperCase().replace(/^SIG/, "")
  if (signals.includes(name)) return `SIG${name}`
  throw new UserError(`not a signal: ${JSON.stringify(setting.value)} (${setting.from})`, {
    hint: "Write its name, such as SIGINT or SIGQUIT.",
  })
}
