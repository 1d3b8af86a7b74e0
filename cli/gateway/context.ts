import { UserError } from "../../src/errors.js"
import { neverSource } from "../../src/detect/source.js"
import type { Definition } from "./generated/github.com/moby/buildkit/solver/pb/ops_pb.js"
import type { Bridge } from "./bridge/bridge.js"
import { file, local, source, subfolder, unpacked } from "./bridge/llb.js"
import type { FrontendOptions } from "./options.js"
import { solve } from "./bridge/solve.js"

/** What whoever builds has given: the build context, and the file of `--file`. */
export interface BuildContext {
  context: Definition
  /** Of a part of the context: undefined if it cannot be read in parts. */
  without?: (patterns: string[], name: string) => Definition
  /** The folder with the file, which is not always in the context. */
  definition: Definition
  filename: string
  /** Of that file in the context, where that is known. */
  folder?: string
}

/** As BuildKit's own frontend finds them (frontend/dockerui/context.go of github.com/moby/buildkit). */
export async function findGiven(
  bridge: Bridge,
  { options, session }: FrontendOptions,
): Promise<BuildContext> {
  const filename = options.get("filename") ?? "Dockerfile"
  const remote = options.get(options.get("contextkey") ?? "context")
  const named = options.get("dockerfilekey")
  const sessionOf = (name: string) => options.get(`local-sessionid:${name}`) ?? session
  const fromLocal = (name: string) => definitionFile(name, sessionOf(name), filename)
  const inputs = remote ? {} : (await bridge.inputs({})).Definitions
  const given = remote ? await fetchContext(bridge, remote) : inputs["context"]
  if (!given) {
    const whole = (patterns: string[], hint: string) =>
      localContext(sessionOf("context"), patterns, hint)
    return {
      context: whole(neverSource, "context"),
      without: (patterns, name) => whole(patterns, `context ${name}`),
      definition: inputs["dockerfile"] ?? fromLocal(named ?? "dockerfile"),
      filename,
    }
  }
  const below = options.get("contextsubdir")
  const context = below ? subfolder(given, below, "[internal] build context") : given
  if (named !== undefined) return { context, definition: fromLocal(named), filename }
  if (inputs["dockerfile"]) return { context, definition: inputs["dockerfile"], filename }
  const folder = filename.includes("/") ? filename.slice(0, filename.lastIndexOf("/")) : ""
  return { context, definition: context, filename, folder }
}

function localContext(session: string, patterns: string[], hint: string): Definition {
  const attributes = {
    "local.excludepatterns": JSON.stringify(patterns),
    "local.sharedkeyhint": hint,
  }
  return local("context", session, attributes, "[internal] load build context")
}

/** The same as BuildKit's own frontend has asked for, to see the `# syntax` line: BuildKit does it once. */
function definitionFile(name: string, session: string, filename: string): Definition {
  const files = [filename, `${filename}.dockerignore`]
  if (filename.split("/").at(-1) === "Dockerfile") {
    files.push(`${filename.slice(0, -"Dockerfile".length)}dockerfile`)
  }
  const attributes = {
    "local.differ": "none",
    "local.followpaths": JSON.stringify(files),
    "local.sharedkeyhint": name,
  }
  return local(name, session, attributes, `[internal] load build definition from ${filename}`)
}

/** Only BuildKit's own frontend knows all forms of an address of Git; a named context of it has the same ones. */
async function fetchContext(bridge: Bridge, address: string): Promise<Definition> {
  if (/^https?:\/\//.test(address) && !/\.git(?:[#?]|$)/.test(address)) {
    const title = "[internal] load remote build context"
    const archive = source(address, { "http.filename": "context" }, title)
    return unpacked(archive, "context", "[internal] unpack the build context")
  }
  const { definition } = await solve(bridge, {
    frontend: "dockerfile.v0",
    options: { "context:source": address },
    inputs: { dockerfile: file("Dockerfile", copyOfSource, "[internal] copy of the source") },
  })
  if (definition) return definition
  throw new UserError(`no files in the build context ${address}`)
}

const copyOfSource = "FROM scratch\nCOPY --from=source . /\n"
