import { UserError } from "../../errors.js"
import type { GoCommand } from "../go/go-command.js"
import { ownBuildProgramStage } from "../programs/own-program.js"
import type { Binary, Stage } from "../types.js"
import type { Setting } from "../../settings/setting.js"

/** In the order of their numbers. https://man7.org/linux/man-pages/man7/capabilities.7.html */
const names = [
  ..."chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap".split(" "),
  ..."linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock".split(" "),
  ..."ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin".split(" "),
  ..."sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write".split(" "),
  ..."audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend".split(" "),
  ..."audit_read perfmon bpf checkpoint_restore".split(" "),
]

/** What a program may do besides its user: the bits of the capabilities, and how they come into effect. */
export interface FileCapabilities {
  permitted: bigint
  inheritable: bigint
  /** From its start, and not only once the program asks for it. */
  effective: boolean
}

/**
 * `cap_net_bind_service`, or as setcap has it: `cap_net_bind_service,cap_net_raw=ep`. Without flags they are permitted and
 * effective, which needs nothing of the program.
 */
export function parseCapabilities(setting: Setting<string[]>): FileCapabilities {
  const { value, from } = setting
  let [permitted, inheritable] = [0n, 0n]
  const effective = new Set<boolean>()
  for (const text of value.flatMap((each) => each.trim().split(/\s+/))) {
    const [, list = "", flags = "ep"] = /^([\w,]+)(?:[=+]([eip]+))?$/.exec(text) ?? []
    if (list === "") throw invalid(text, from)
    const bits = list.split(",").reduce((sum, name) => sum | bitOf(name, text, from), 0n)
    if (flags.includes("p")) permitted |= bits
    if (flags.includes("i")) inheritable |= bits
    effective.add(flags.includes("e"))
  }
  // The kernel has one bit for all of a file.
  if (effective.size > 1) {
    throw new UserError(`some capabilities are effective, others not (${from})`, {
      hint: "A file has all of them effective (=ep), or none (=p).",
    })
  }
  return { permitted, inheritable, effective: effective.has(true) }
}

function bitOf(name: string, text: string, from: string): bigint {
  const number = names.indexOf(name.toLowerCase().replace(/^cap_/, ""))
  if (number < 0) throw invalid(text, from)
  return 1n << BigInt(number)
}

function invalid(text: string, from: string): UserError {
  return new UserError(`not a capability: ${JSON.stringify(text)} (${from})`, {
    hint: "Write the name of a Linux capability, such as cap_net_bind_service, or a text as for setcap, such as cap_net_raw,cap_net_admin=p.",
  })
}

/** The value of the attribute security.capability. https://github.com/torvalds/linux/blob/master/include/uapi/linux/capability.h */
export function encodeCapabilities({
  permitted,
  inheritable,
  effective,
}: FileCapabilities): string {
  const revision2 = 0x02000000n
  const low = (bits: bigint) => bits & 0xffffffffn
  const words = [
    revision2 | (effective ? 1n : 0n),
    ...[low(permitted), low(inheritable), permitted >> 32n, inheritable >> 32n],
  ]
  return words.map(littleEndian).join("")
}

function littleEndian(word: bigint): string {
  return word
    .toString(16)
    .padStart(8, "0")
    .replace(/(..)(..)(..)(..)/, "$4$3$2$1")
}

export const capabilitiesStageName = "capabilities"

const programStageName = "set-capabilities"
const folder = "/set-capabilities"
const builtProgram = `${folder}/set-capabilities`

/** The programs' stage with capabilities on them, and before it the program of ours that sets them: most bases have no setcap. */
export function capabilitiesStages(
  setting: Setting<string[]> | undefined,
  binaries: readonly Binary[],
  programsStage: string,
  go: GoCommand,
): Stage[] {
  if (!setting) return []
  const value = encodeCapabilities(parseCapabilities(setting))
  return [
    ownBuildProgramStage(programStageName, folder, builtProgram, program, go),
    {
      name: capabilitiesStageName,
      from: { stage: programsStage },
      steps: [
        {
          type: "run",
          args: ["/mnt/set-capabilities", value, ...binaries.map(({ built }) => built)],
          mounts: [
            {
              type: "bind",
              kind: "directory",
              from: { stage: programStageName },
              path: folder,
              target: "/mnt",
            },
          ],
        },
      ],
    },
  ]
}

/** Of the builder's machine, whatever the image's platform is. */
const program = `// Sets the attribute security.capability of files: set-capabilities VALUE-IN-HEX FILE...
package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"syscall"
)

func main() {
	value, err := hex.DecodeString(os.Args[1])
	check("value", err)
	for _, file := range os.Args[2:] {
		check(file, syscall.Setxattr(file, "security.capability", value, 0))
	}
}

func check(what string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "file capabilities cannot be set here: %s: %v\\n", what, err)
		os.Exit(1)
	}
}
`
