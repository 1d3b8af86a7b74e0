import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root } from "../e2e/command.js"

/** What a caller of the module sees, as the SDK's introspector finds it in the source. */
export interface Api {
  objects: Record<
    string,
    {
      _constructor?: { arguments: Record<string, ApiArgument> }
      methods: Record<string, ApiFunction>
      properties: Record<string, { isExposed: boolean; type?: ApiType }>
    }
  >
  enums: Record<string, { values: Record<string, { description?: string }> }>
  interfaces: Record<string, unknown>
}

export interface ApiFunction {
  name: string
  description: string
  arguments: Record<string, ApiArgument>
  returnType?: ApiType
  cache?: string
  isCheck: boolean
  isGenerator: boolean
}

export interface ApiArgument {
  name: string
  description: string
  type?: ApiType
  isOptional: boolean
  defaultValue?: unknown
  defaultPath?: string
  ignore?: string[]
}

export interface ApiType {
  kind: string
  name?: string
  typeDef?: ApiType
}

/** Whether a caller must give it. */
export function isNeeded({ isOptional, defaultValue, defaultPath }: ApiArgument): boolean {
  return !isOptional && defaultValue === undefined && defaultPath === undefined
}

const sdk = join(root, "node_modules/@dagger.io/dagger/dist/src")

let found: Promise<Api> | undefined

/** Read once for all tests of a process, as the compiler takes seconds. */
export function readApi(): Promise<Api> {
  return (found ??= scanSource())
}

/** As the engine does it: with the SDK's types as sources, which is how the introspector knows them from ours. */
async function scanSource(): Promise<Api> {
  const folder = mkdtempSync(join(tmpdir(), "go-image-api-"))
  try {
    cpSync(join(root, "src"), join(folder, "src"), { recursive: true })
    const types = join(folder, "node_modules/@dagger.io/dagger")
    mkdirSync(types, { recursive: true })
    copyFileSync(join(sdk, "api/client.gen.d.ts"), join(types, "client.gen.ts"))
    const decorators = ["argument", "check", "func", "generate", "object"]
    writeFileSync(
      join(types, "index.ts"),
      `export * from "./client.gen.js"\n` +
        decorators.map((name) => `export declare const ${name}: any\n`).join(""),
    )
    const files = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => join(folder, "src", file))
    const { scan } = (await import(join(sdk, "module/introspector/index.js"))) as {
      scan: (files: string[], module: string, load: boolean) => Promise<Api>
    }
    return await scan(files, "go-image", false)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A line for each function, enum and argument: what a change of the public surface changes. */
export function printApi({ objects, enums }: Api): string {
  const blocks = Object.entries(objects).map(([name, { _constructor, methods, properties }]) => [
    `${name}(${printArguments(_constructor?.arguments)})`,
    ...Object.entries(properties)
      .filter(([, { isExposed }]) => isExposed)
      .map(([property, { type }]) => `  ${property}: ${printType(type)}`),
    ...Object.values(methods).map((method) => `  ${printFunction(method)}`),
  ])
  const choices = Object.entries(enums).map(([name, { values }]) => [
    `enum ${name}`,
    ...Object.keys(values).map((value) => `  ${value}`),
  ])
  return `${[...blocks, ...choices].map((lines) => lines.join("\n")).join("\n\n")}\n`
}

function printFunction(method: ApiFunction): string {
  const { name, returnType, cache, isCheck, isGenerator } = method
  const marks = [isCheck && "check", isGenerator && "generate", cache && `cache: ${cache}`]
  return [
    `${name}(${printArguments(method.arguments)}): ${printType(returnType)}`,
    ...marks.filter((mark) => typeof mark === "string"),
  ].join("  ")
}

function printArguments(all: Record<string, ApiArgument> = {}): string {
  return Object.values(all).map(printArgument).join(", ")
}

function printArgument({ name, type, isOptional, defaultValue, defaultPath }: ApiArgument): string {
  const otherwise = defaultPath ?? defaultValue
  return [
    `${name}${isOptional ? "?" : ""}: ${printType(type)}`,
    ...(otherwise === undefined ? [] : [`= ${JSON.stringify(otherwise)}`]),
  ].join(" ")
}

function printType(type: ApiType | undefined): string {
  if (!type) return "unknown"
  if (type.typeDef) return `[${printType(type.typeDef)}]`
  return type.name ?? type.kind.replace(/_KIND$/, "").toLowerCase()
}
