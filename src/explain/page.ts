import type { Account, ExplainedDecision, ExplainedStage } from "./account.js"
import { html, Html } from "./html.js"
import { stageList } from "./stage-list.js"
import { stageGraph } from "./stage-graph.js"
import { style } from "./style.js"

/** A part of the page that says what was measured: layers, the program's bytes, the time line. */
export interface Section {
  id: string
  title: string
  content: Html
}

/** One file, without a script and without anything from elsewhere, in light and dark. */
export function accountPage(account: Account, measured: readonly Section[] = []): string {
  const sections: Section[] = [
    { id: "decisions", title: "Decisions", content: decisionTable(account.decisions) },
    ...(account.notices.length > 0
      ? [{ id: "notes", title: "Notes", content: list(account.notices) }]
      : []),
    { id: "stages", title: "Stages", content: stagesContent(account.stages) },
    ...measured,
    { id: "run", title: "How it runs", content: runTable(account) },
  ]
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="go-image" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'"
        />
        <title>${account.title}: how it is built</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${account.title}</h1>
          <p>How the image is built${platformText(account)}, and why so.</p>
          <nav aria-label="Sections">
            ${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `)}
          </nav>
        </header>
        <main>
          ${sections.map(
            ({ id, title, content }) =>
              html`<section id="${id}" aria-labelledby="${id}-title">
                <h2 id="${id}-title">${title}</h2>
                ${content}
              </section>`,
          )}
        </main>
      </body>
    </html> `.text
}

function platformText({ platform }: Account): string {
  return platform === undefined ? "" : ` for ${platform}`
}

function decisionTable(decisions: readonly ExplainedDecision[]): Html {
  return table(
    ["What", "Decided", "From", "What changes it"],
    decisions.map(({ what, value, from, changeWith }) => [
      what,
      html`<code>${value}</code>`,
      from,
      changeWith.length === 0
        ? ""
        : html`${changeWith.map(({ option, help }) => html`<code title="${help}">${option}</code> `)}`,
    ]),
  )
}

function stagesContent(stages: readonly ExplainedStage[]): Html {
  return html`${stageGraph(stages)} ${stageList(stages)}
  ${stages.map(
    ({ name, from, steps }) =>
      html`<details>
        <summary><strong>${name}</strong> from <code>${from}</code>, ${counted(steps)}</summary>
        <ol>
          ${steps.map((step) => html`<li><code>${step}</code></li>`)}
        </ol>
      </details>`,
  )}`
}

function counted({ length }: readonly string[]): string {
  if (length === 0) return "as it is"
  return length === 1 ? "1 step" : `${length} steps`
}

function runTable({ run }: Account): Html {
  return table(
    ["What", "Value"],
    run.map(({ what, value }) => [what, html`<code>${value}</code>`]),
  )
}

function list(lines: readonly string[]): Html {
  return html`<ul>
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`
}

/** Scrolls by itself where it is wider than the screen. On a phone each row is a block, and says what its cells are. */
export function table(
  head: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${head.join(", ")}">
    <table role="table">
      <thead role="rowgroup">
        <tr role="row">
          ${head.map((cell) => html`<th role="columnheader" scope="col">${cell}</th>`)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          ([first = "", ...cells]) =>
            html`<tr role="row">
              <th role="rowheader" scope="row">${first}</th>
              ${cells.map((cell, i) => html`<td role="cell" data-of="${head[i + 1]}">${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}
