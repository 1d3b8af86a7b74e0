import { writeFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"
import { root } from "../e2e/command.js"
import { isNeeded, type Api, type ApiArgument, type ApiFunction, type ApiType } from "./api.js"

const sdk = join(root, "node_modules/@dagger.io/dagger/dist/src")

/**
 * What the compiler says of each file of modules that depend on ours. `dagger develop` would generate their client; as that needs an
 * engine, the part of it that is ours is declared from the API, in `folder`.
 */
export function compile(files: readonly string[], api: Api, folder: string): Map<string, string[]> {
  const client = join(folder, "client.ts")
  writeFileSync(client, declareClient(api))
  const program = ts.createProgram([...files], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    experimentalDecorators: true,
    strict: true,
    noUnusedLocals: true,
    noEmit: true,
    skipLibCheck: true,
    typeRoots: [join(root, "node_modules/@types")],
    types: ["node"],
    paths: { "@dagger.io/dagger": [client] },
  })
  const found = new Map(files.map((file) => [file, [] as string[]]))
  for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
    const name = file?.fileName ?? ""
    const before = found.get(name) ?? []
    found.set(name, [...before, ts.flattenDiagnosticMessageText(messageText, "\n")])
  }
  return found
}

function declareClient({ objects, enums }: Api): string {
  const classes = Object.entries(objects).map(
    ([name, { methods }]) =>
      `export interface ${ours(name)} {\n${Object.values(methods).map(declare).join("\n")}\n}`,
  )
  const choices = Object.entries(enums).map(
    ([name, { values }]) =>
      `export declare enum ${ours(name)} { ${Object.keys(values).join(", ")} }`,
  )
  const constructor = Object.values(objects["GoImage"]?._constructor?.arguments ?? {})
  return [
    `import * as sdk from "${join(sdk, "index.js")}"`,
    `export * from "${join(sdk, "index.js")}"`,
    ...classes,
    ...choices,
    `declare module "${join(sdk, "api/client.gen.js")}" {`,
    `  interface Client { goImage(${parameters(constructor)}): GoImage }`,
    "}",
  ].join("\n")

  function declare({ name, arguments: all, returnType }: ApiFunction): string {
    const type = print(returnType)
    const isLazy = returnType?.kind === "OBJECT_KIND"
    const returned = isLazy ? type : `Promise<${type}>`
    return `  ${name}(${parameters(Object.values(all))}): ${returned}`
  }

  /** From the first argument on that need not be given, all are in one object: so the SDK's generator has it. */
  function parameters(all: readonly ApiArgument[]): string {
    const first = all.findIndex((each) => !isNeeded(each))
    const positional = first < 0 ? all : all.slice(0, first)
    const options = first < 0 ? [] : all.slice(first)
    const fields = options.map(
      (each) => `${each.name}${isNeeded(each) ? "" : "?"}: ${print(each.type)}`,
    )
    return [
      ...positional.map(({ name, type }) => `${name}: ${print(type)}`),
      ...(fields.length > 0 ? [`opts?: { ${fields.join("; ")} }`] : []),
    ].join(", ")
  }

  function print(type: ApiType | undefined): string {
    if (type?.typeDef) return `${print(type.typeDef)}[]`
    const { name, kind = "" } = type ?? {}
    if (name === undefined) return scalars[kind] ?? "unknown"
    return name in objects || name in enums ? ours(name) : `sdk.${name}`
  }
}

const scalars: Record<string, string> = {
  STRING_KIND: "string",
  BOOLEAN_KIND: "boolean",
  INTEGER_KIND: "number",
}

/** In a client, names are those of the module with what they name. */
function ours(name: string): string {
  return name === "GoImage" ? name : `GoImage${name}`
}
