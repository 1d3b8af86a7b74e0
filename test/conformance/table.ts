import type { Promised } from "./promises.js"

/** How it was kept, by the name of the builder. */
export type Results = ReadonlyMap<Promised, { BuildKit?: string; Dagger?: string }>

const heading =
  "| section | sentence | case | BuildKit | Dagger |\n| --- | --- | --- | --- | --- |\n"

const introduction = `# What the pages promise, and what is kept

One row for each sentence of two pages that promises a behaviour: migetpacks' page on Go,
and [Depot's optimal Dockerfile for Go](https://depot.dev/docs/container-builds/optimal-dockerfiles/go-dockerfile). Where
the code that a page was published with does something else, the input that shows it is a row of its own.

Each row is a test (\`test/e2e/conformance.test.ts\`, rows in \`promises.ts\`): the project is built with
\`bash script/build\` as a user would, on BuildKit, and again with \`dagger call\` where there is a Dagger engine; the image is
looked into, and run. Base images that not everybody can pull (dhi.io, ubuntu) are stand-ins with the same properties; the
references that users get are part of the rows.

Written by \`CONFORMANCE=write bash script/test e2e test/e2e/conformance.test.ts\`; without that, the test fails where this
table's rows are not those of \`promises.ts\`.
`

/** README.md of this folder. */
export function renderTable(promises: readonly Promised[], results: Results): string {
  const pages = [...new Set(promises.map(({ page }) => page))].map((page) => {
    const rows = promises
      .filter((each) => each.page === page)
      .map((each) => {
        const { BuildKit = "", Dagger = "" } = results.get(each) ?? {}
        return row([...text(each), BuildKit, each.notWithDagger ?? Dagger])
      })
    return `## ${page}\n\n${heading}${rows.join("")}`
  })
  return [introduction, ...pages].join("\n")
}

/** All of it but the results, so that it can be compared without a run. */
export function withoutResults(table: string): string {
  const lines = table.split("\n").map((line) => {
    const cells = line.split(/(?<!\\)\|/)
    return cells.length > 6 ? cells.slice(0, 4).join("|") : line
  })
  return lines.join("\n")
}

function text({ section, sentence, case: done }: Promised): string[] {
  return [section, sentence, done]
}

function row(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |\n`
}
