import { Language, type Node, Parser } from "web-tree-sitter"

import { published } from "./published.js"

/** A part of a declarative pipeline: `name(arguments) { parts }` or `name arguments`. */
export interface Part {
  name: string
  arguments: string[]
  parts: Part[]
}

/**
 * The parts of a Jenkinsfile, read with a grammar of Groovy.
 * https://www.jenkins.io/doc/book/pipeline/syntax/
 */
export async function parseJenkinsfile(text: string): Promise<Part[]> {
  const root = (await groovy()).parse(text)!.rootNode
  if (root.hasError) throw new Error(`the Jenkinsfile is not Groovy: ${firstError(root)}`)
  return partsOf(root)
}

/** What the only `sh` step of a stage runs. */
export async function scriptOf(text: string, stage: string): Promise<string> {
  const found = all(await parseJenkinsfile(text)).filter(
    (part) => part.name === "stage" && part.arguments[0] === `'${stage}'`,
  )
  const steps = all(found).filter(({ name }) => name === "sh")
  const [script, ...others] = steps.map(
    (step) => /^'''(.*)'''$/s.exec(step.arguments[0] ?? "")?.[1],
  )
  // In double quotes Groovy would put values of its own into the script, secrets among them.
  if (script === undefined || others.length > 0) throw new Error("one sh step with ''' is expected")
  // As Groovy reads it.
  return script.replaceAll("\\\\", "\\")
}

/** Its variables, each with the Groovy expression of its value. */
export async function environmentBlockOf(text: string): Promise<Record<string, string>> {
  const block = all(await parseJenkinsfile(text)).find(({ name }) => name === "environment")
  return Object.fromEntries(block!.parts.map(({ name, arguments: [value] }) => [name, value!]))
}

export function all(parts: Part[]): Part[] {
  return parts.flatMap((part) => [part, ...all(part.parts)])
}

let parser: Promise<Parser> | undefined

function groovy(): Promise<Parser> {
  parser ??= (async () => {
    await Parser.init()
    const wasm = published("tree-sitter-groovy/tree-sitter-groovy.wasm")
    return new Parser().setLanguage(await Language.load(wasm))
  })()
  return parser
}

function partsOf(body: Node): Part[] {
  return body.namedChildren.flatMap((node) => {
    if (node === null || node.type === "line_comment") return []
    // The last statement of a block is not wrapped.
    const call = node.type === "expression_statement" ? node.firstNamedChild! : node
    if (call.type === "assignment_expression") {
      const [left, right] = call.namedChildren
      return [{ name: left!.text, arguments: [right!.text], parts: [] }]
    }
    const parts = call.childForFieldName("body")
    const given = call.childForFieldName("arguments") ?? call.childForFieldName("args")
    return [
      {
        name: call.childForFieldName("name")?.text ?? call.text,
        arguments: given?.namedChildren.flatMap((child) => child?.text ?? []) ?? [],
        parts: parts ? partsOf(parts) : [],
      },
    ]
  })
}

function firstError(node: Node): string {
  if (node.isError || node.isMissing) {
    return `line ${node.startPosition.row + 1}, ${node.text.slice(0, 60)}`
  }
  const child = node.children.find((each) => each?.hasError)
  return child ? firstError(child) : `line ${node.startPosition.row + 1}`
}
