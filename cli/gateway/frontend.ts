import { randomUUID } from "node:crypto"
import { readFileSync } from "node:fs"
import { fromBinary } from "@bufbuild/protobuf"
import coerce from "semver/functions/coerce.js"
import gte from "semver/functions/gte.js"
import type { GitState } from "../../src/git-state.js"
import { publicRemote } from "../../src/detect/git/remote-url.js"
import { answer } from "./answers.js"
import type { Bridge } from "./bridge/bridge.js"
import { sortBuildArguments, type BuildArguments } from "./build-arguments.js"
import { findGiven } from "./context.js"
import { ProjectError } from "./failure.js"
import type { Result } from "./generated/github.com/moby/buildkit/frontend/gateway/pb/gateway_pb.js"
import {
  DefinitionSchema,
  type Definition,
} from "./generated/github.com/moby/buildkit/solver/pb/ops_pb.js"
import { headOf, run } from "./bridge/llb.js"
import { outputs, places, requestVariable, type Look, type Seen } from "./look/look-request.js"
import { withPrefix, type FrontendOptions } from "./options.js"
import { readText, solve } from "./bridge/solve.js"
import type { Looked } from "./looked.js"

/** Looks at the project, and has BuildKit build its image; or answers what was asked instead. */
export async function buildProject(bridge: Bridge, asked: FrontendOptions): Promise<Result> {
  const { options } = asked
  const request = options.get("requestid")
  const found = sortBuildArguments(withPrefix(options, "build-arg:"))
  const lookAround = () => lookAtProject(bridge, asked, found)
  if (request !== undefined) return answer(request, lookAround, options)
  const looked = await lookAround()
  const { seen, given } = looked
  if (seen.failure) throw new ProjectError(seen.failure)
  const { plan, neverSent = [] } = seen
  if (!plan) throw new Error("the project was not read")
  await warn(bridge, looked)
  const context = given.without?.([...plan.sourceExclude, ...neverSent], plan.name) ?? given.context
  const { result } = await solve(bridge, {
    frontend: "dockerfile.v0",
    options: optionsOfBuild(options, found, looked),
    inputs: { context, dockerfile: looked.definition },
  })
  addAnnotations(result, plan)
  return result
}

async function lookAtProject(
  bridge: Bridge,
  asked: FrontendOptions,
  { ofProject, ofGo, unknown }: BuildArguments,
): Promise<Looked> {
  const { options, version } = asked
  const given = await findGiven(bridge, asked)
  const noCache = options.has("no-cache")
  const request: Look = {
    filename: given.filename,
    folder: given.folder,
    buildArguments: ofProject,
    unknownArguments: unknown,
    target: options.get("target") || undefined,
    platform: options.get("platform") || undefined,
    git: gitOf(options),
    hasCache: hasCache(options),
    rendered: [...Object.keys(ofGo), ...(noCache ? [onlyNow] : [])],
    isRemote: given.without === undefined,
    needsSyntax: !isNewEnough(version),
  }
  const definition = run(
    {
      args: ["/node", "/look.cjs"],
      environment: { [requestVariable]: JSON.stringify(request) },
      root: ownImage(),
      mounts: { [places.context]: given.context, [places.definition]: given.definition },
      output: places.output,
    },
    "[go-image] look at the project",
  )
  const { ref } = await solve(bridge, { definition })
  const seen = JSON.parse(await readText(bridge, ref, outputs.seen)) as Seen
  return { given, request, seen, definition }
}

/** As BuildKit has put it there for the provenance: what this program runs in. */
function ownImage(): Definition {
  const file = "/run/config/buildkit/metadata/frontend.bin"
  return fromBinary(DefinitionSchema, readFileSync(file))
}

/** A build argument that no step was built with before: cache volumes stay, unlike with BuildKit's own. See Builder. */
const onlyNow = "GO_IMAGE_BUILD"

/** The first one with `COPY --exclude`; see renderDockerfile. One that somebody has compiled has no number. */
function isNewEnough(version: string | undefined): boolean {
  const known = coerce(version)
  return known !== null && (gte(known, "0.25.0") || known.version === "0.0.0")
}

function hasCache(options: FrontendOptions["options"]): boolean {
  const imports = options.get("cache-imports")
  return Boolean(options.get("cache-from")) || (imports !== undefined && imports !== "[]")
}

/** What docker buildx says of the work tree; it sends no Git. */
function gitOf(options: FrontendOptions["options"]): GitState | undefined {
  const [, revision, dirty] =
    /^([0-9a-f]{40,64})(-dirty)?$/.exec(options.get("vcs:revision") ?? "") ?? []
  if (revision === undefined) return undefined
  const remote = options.get("vcs:source")
  return {
    revision,
    modified: dirty !== undefined,
    tags: [],
    ...(remote && { remote: publicRemote(new Map([["origin", remote]])) }),
    from: "docker buildx",
  }
}

/** What is ours to read, and not for the frontend of Dockerfiles. */
const ours =
  /^(?:source|cmdline|filename|target|context|contextkey|contextsubdir|dockerfilekey|no-cache|build-arg:.*)$/

function optionsOfBuild(
  options: FrontendOptions["options"],
  { ofGo, ofBuildKit }: BuildArguments,
  { request, seen: { plan } }: Looked,
): Record<string, string> {
  const buildArguments: Record<string, string> = {
    ...ofGo,
    ...ofBuildKit,
    ...(request.rendered.includes(onlyNow) && { [onlyNow]: randomUUID() }),
    SOURCE_DATE_EPOCH: String(plan?.sourceDateEpoch ?? 0),
  }
  const platforms = plan?.platforms.join(",")
  return {
    ...Object.fromEntries([...options].filter(([name]) => !ours.test(name))),
    ...(platforms && { platform: platforms }),
    ...Object.fromEntries(
      Object.entries(buildArguments).map(([name, value]) => [`build-arg:${name}`, value]),
    ),
  }
}

/** BuildKit's exporters take them from the result; see imageFields for the command line. */
function addAnnotations(
  { metadata }: Result,
  { annotations, platforms }: NonNullable<Seen["plan"]>,
) {
  const kinds = platforms.length > 1 ? ["annotation", "annotation-index"] : ["annotation"]
  for (const kind of kinds) {
    for (const { name, value } of annotations ?? []) {
      metadata[`${kind}.${name}`] = new TextEncoder().encode(value)
    }
  }
}

/** Docker shows them at the end of the build. */
async function warn(bridge: Bridge, { definition, seen }: Looked): Promise<void> {
  const encoder = new TextEncoder()
  const digest = headOf(definition)
  const warnings = (seen.plan?.notices ?? []).map((notice) =>
    bridge.warn({ digest, level: 1n, short: encoder.encode(notice) }),
  )
  await Promise.all(warnings)
}
