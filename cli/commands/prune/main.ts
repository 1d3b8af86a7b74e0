import { exitCode, explain } from "../../command-line/exit.js"
import { pruneCommand } from "./command.js"
import { printPruned, prune, type PruneRequest } from "./prune.js"

/** A program of its own, as `inspect` is. */
async function main(): Promise<void> {
  const command = pruneCommand().parse(process.argv.slice(3), { from: "user" })
  const options = command.opts<Omit<PruneRequest, "repository">>()
  const pruned = await prune({ ...options, repository: command.args[0] ?? "" })
  process.stdout.write(
    options.json ? `${JSON.stringify(toJson(pruned), undefined, 2)}\n` : printPruned(pruned),
  )
}

function toJson({ unneeded, ...others }: Awaited<ReturnType<typeof prune>>) {
  return {
    ...others,
    unneeded: unneeded.map(({ tag, digest, kind, size, reason }) => ({
      tag,
      digest,
      kind,
      size,
      reason,
    })),
  }
}

void main().catch((error: unknown) => {
  process.exitCode = exitCode(error)
  process.stderr.write(`${explain(error)}\n`)
})
