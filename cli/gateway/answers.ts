import { create } from "@bufbuild/protobuf"
import { settingNames, settingTable } from "../../src/settings/table/table.js"
import { UserError } from "../../src/errors.js"
import { rangeOf } from "./failure.js"
import {
  ResultSchema,
  type Result,
} from "./generated/github.com/moby/buildkit/frontend/gateway/pb/gateway_pb.js"
import { table } from "./table.js"
import type { Looked } from "./looked.js"
import { toBuildArgument } from "../../src/settings/layers.js"

/*
 * What can be asked for instead of a build: `docker build --call=check`, `outline` and `targets`, and `buildctl --opt
 * requestid=…`. https://github.com/moby/buildkit/blob/master/docs/reference/subrequests.md
 */

interface Answer {
  json: unknown
  text: string
  /** Of the program that has asked. */
  status?: number
}

const version = "1.0.0"

const descriptions = {
  "frontend.outline": "List all settings that a build takes as build arguments",
  "frontend.targets": "List all targets of project.toml",
  "frontend.lint": "Check the project without building it",
  "frontend.subrequests.describe": "List available subrequest types",
} as const

type Asked = keyof typeof descriptions

export async function answer(
  asked: string,
  look: () => Promise<Looked>,
  options: ReadonlyMap<string, string>,
): Promise<Result> {
  const { json, text, status } = await answerTo(asked as Asked, look, options)
  return toResult({ json, text, status })
}

async function answerTo(
  asked: Asked,
  look: () => Promise<Looked>,
  options: ReadonlyMap<string, string>,
): Promise<Answer> {
  switch (asked) {
    case "frontend.subrequests.describe":
      return describe()
    case "frontend.outline":
      return outline(await look(), options)
    case "frontend.targets":
      return targets(await look())
    case "frontend.lint":
      return lint(await look())
    default:
      throw new UserError(`unknown request: ${String(asked)}`, {
        hint: `Known requests are ${Object.keys(descriptions).join(", ")}.`,
      })
  }
}

function describe(): Answer {
  const metadata = ["result.json", "result.txt"].map((name) => ({ name }))
  const all = Object.entries(descriptions).map(([name, description]) => ({
    name,
    version,
    type: "rpc",
    description,
    metadata,
  }))
  const rows = all.map((each) => [each.name.replace(/^frontend\./, ""), version, each.description])
  return { json: all, text: table(["NAME", "VERSION", "DESCRIPTION"], rows) }
}

/** Settings of which something is known first. */
function outline({ seen }: Looked, options: ReadonlyMap<string, string>): Answer {
  const { settings = {} } = seen
  const args = settingNames.map((name) => ({
    name: toBuildArgument(name),
    description: settingTable[name].help,
    value: settings[name] ?? "",
  }))
  const secrets = [{ name: "netrc" }, { name: "npm-token" }]
  const rows = args.map(({ name, value, description }) => [name, value, description])
  const text = `${table(["BUILD ARG", "VALUE", "DESCRIPTION"], rows)}\n${table(
    ["SECRET", "REQUIRED"],
    secrets.map(({ name }) => [name, ""]),
  )}`
  return { json: { name: options.get("target") ?? "", args, secrets, sources: [] }, text }
}

function targets({ seen }: Looked): Answer {
  const all = [{ name: "", default: true }, ...(seen.targets ?? []).map((name) => ({ name }))]
  const rows = all.map(({ name }) => [name || "(default)", ""])
  return { json: { targets: all, sources: [] }, text: table(["TARGET", "DESCRIPTION"], rows) }
}

/** What a build tells as notices, and what it fails with. */
function lint({ seen: { failure, plan } }: Looked): Answer {
  const notices = plan?.notices ?? []
  const warnings = notices.map((detail) => ({
    ruleName: "GoImage",
    description: "A note about the build",
    detail,
    location: { sourceIndex: -1 },
  }))
  const hasPlace = failure?.place?.line !== undefined && failure.text !== undefined
  const sources = hasPlace
    ? [{ filename: failure.place?.file, data: Buffer.from(failure.text ?? "").toString("base64") }]
    : []
  const buildError = failure && {
    message: failure.message,
    location: hasPlace
      ? { sourceIndex: 0, ranges: [rangeOf(failure.place?.line ?? 1, failure.place?.column)] }
      : { sourceIndex: -1 },
  }
  const lines = notices.map((notice) => `WARNING: ${notice}\n`)
  if (failure) lines.push(`ERROR: ${failure.message}\n`)
  return {
    json: { warnings, sources, buildError },
    text: lines.join("\n"),
    status: lines.length > 0 ? 1 : 0,
  }
}

function toResult({ json, text, status }: Answer): Result {
  const encode = (each: string) => new TextEncoder().encode(each)
  return create(ResultSchema, {
    metadata: {
      "result.json": encode(JSON.stringify(json, undefined, 2)),
      "result.txt": encode(text),
      ...(status !== undefined && { "result.statuscode": encode(String(status)) }),
      version: encode(version),
    },
  })
}
