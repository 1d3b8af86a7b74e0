import { readFileSync } from "node:fs"
import ts from "typescript"
import { toKebabCase } from "../../src/settings/table/table.js"

interface DaggerFunction {
  /** As typed after `dagger call`. */
  name: string
  summary: string
  /** The line of its comment that begins so. */
  example: string
}

/** The functions of the Dagger module, from the comments of src/index.ts, which are also what `dagger call --help` prints. */
export function daggerFunctions(): DaggerFunction[] {
  const file = "src/index.ts"
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true)
  const classes = source.statements.filter(ts.isClassDeclaration)
  return classes
    .flatMap(({ members }) => members.filter(ts.isMethodDeclaration))
    .filter((method) => decorators(method).includes("func"))
    .map((method) => {
      const name = toKebabCase(method.name.getText())
      const comment = ts
        .getJSDocCommentsAndTags(method)
        .map((each) => ts.getTextOfJSDocComment(each.comment) ?? "")
        .join("\n")
      const [text = "", example] = comment.split(/^Example: /m)
      if (!example) throw new Error(`${file}: ${name} has no line that begins with "Example: "`)
      return { name, summary: text.trim().replace(/\s+/g, " "), example: example.trim() }
    })
}

function decorators(method: ts.MethodDeclaration): string[] {
  return (ts.getDecorators(method) ?? []).map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  )
}
