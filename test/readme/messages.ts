import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import ts from "typescript"

/** A text of the code that people read. */
export interface Message {
  file: string
  line: number
  /** Values stand in it as {name}. */
  text: string
}

/** Programs that run in the steps of a build; people see what they print, not their text. */
const programs = /(?:-program|-scripts?|all-scripts|git-script|style|client\.gen)\.ts$/

/**
 * Every text with more than one word that is neither code nor a pattern: messages, notes, help, reasons of decisions. A text that is
 * not for people may be among them; none that is for people is left out but single words.
 */
export function messages(): Message[] {
  const listed = execFileSync("git", ["ls-files", "-z", "src/*.ts", "cli/*.ts"], {
    encoding: "utf8",
  })
  return listed
    .split("\0")
    .filter((file) => file !== "" && !file.includes("/generated/") && !programs.test(file))
    .flatMap(messagesOf)
}

function messagesOf(file: string): Message[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true)
  const found: Message[] = []
  const add = (node: ts.Node, text: string) => {
    if (!isForPeople(text)) return
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    found.push({ file, line: line + 1, text })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      if (!ts.isLiteralTypeNode(node.parent)) add(node, node.text)
    } else if (ts.isTemplateExpression(node)) {
      add(node, templateText(node))
      for (const { expression } of node.templateSpans) visit(expression)
    } else ts.forEachChild(node, visit)
  }
  visit(source)
  return [...found, ...comments(source)]
}

const filesOfHelp = ["src/index.ts", "src/dagger/given/arguments.ts"]

/** Of these, comments are the help of `dagger call`. */
function comments(source: ts.SourceFile): Message[] {
  if (!filesOfHelp.includes(source.fileName)) return []
  return source.text.split("\n").flatMap((line, index) => {
    const [, text = ""] = /^ {0,4}(?:\/\*)?\* (.*?)(?: \*\/)?$/.exec(line) ?? []
    return isForPeople(text) ? [{ file: source.fileName, line: index + 1, text }] : []
  })
}

function templateText({ head, templateSpans }: ts.TemplateExpression): string {
  return (
    head.text +
    templateSpans
      .map(({ expression, literal }) => `{${shortName(expression)}}${literal.text}`)
      .join("")
  )
}

function shortName(expression: ts.Expression): string {
  const text = expression.getText().replace(/\s+/g, " ")
  return text.length > 30 ? "…" : text
}

function isForPeople(text: string): boolean {
  const words = text.replace(/\{[^}]*\}/g, "x").match(/\p{L}[\p{L}'’-]+/gu) ?? []
  return words.length > 1 && /\p{L}\S* \S*\p{L}|\} \p{L}|\p{L} \{/u.test(text)
}
