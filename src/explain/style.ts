/** Of the page: its colours have a contrast of at least 4.5 in both themes. */
export const style = `
:root {
  --back: #ffffff; --front: #1b1f24; --dim: #57606a; --line: #d0d7de; --soft: #f6f8fa; --link: #0550ae;
  --one: #0969da; --two: #1a7f37; --base: #8c959f; --tile: #ddf4ff; --tile-line: #54aeff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --front: #e6edf3; --dim: #9da7b3; --line: #30363d; --soft: #161b22; --link: #79c0ff;
    --one: #58a6ff; --two: #3fb950; --base: #6e7681; --tile: #0c2d6b; --tile-line: #388bfd;
  }
}
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 76rem; padding: 1rem; background: var(--back); color: var(--front);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { margin: .5rem 0 0; font-size: 1.8rem }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.25rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem }
header p { margin: .2rem 0 1rem; color: var(--dim) }
a { color: var(--link) }
nav a { display: inline-block; padding: .25rem .75rem .25rem 0 }
code { font: .875em ui-monospace, monospace }
.scroll { overflow-x: auto }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
table { border-collapse: collapse; width: 100%; font-size: .9375rem }
th, td { overflow-wrap: normal; text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line) }
thead th { color: var(--dim); font-weight: 600 }
tbody th { font-weight: 600 }
td:last-child:not(:only-of-type) code { white-space: nowrap }
td:first-of-type:not(:only-of-type) code, tbody th code { display: inline-block; min-width: 8rem; overflow-wrap: anywhere }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
details { margin: .5rem 0; padding: .4rem .75rem; background: var(--soft); border-radius: 6px }
summary { cursor: pointer }
svg { display: block; max-width: 100%; height: auto }
svg.narrow { display: none }
h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem }
svg text { fill: var(--front); font: 13px system-ui, sans-serif }
svg .name { font-weight: 600 }
svg .from { fill: var(--dim); font-size: 12px }
svg .stage { fill: var(--soft); stroke: var(--line) }
svg .edge { fill: none; stroke: var(--base); stroke-width: 1.5 }
svg .head { fill: var(--base) }
svg .tile { fill: var(--tile); stroke: var(--tile-line) }
.bar { display: block; height: .75rem; min-width: 2px; border-radius: 2px; background: var(--one) }
.bar.base { background: var(--base) }
.bar.cached { background: var(--two) }
.track { position: relative; min-width: 14rem }
.track.short { min-width: 7rem }
td[data-of="Took"] { white-space: nowrap }
@media (max-width: 48rem) {
  svg.wide { display: none }
  svg.narrow { display: block; width: 100%; max-width: 30rem }
}
@media (max-width: 40rem) {
  body { padding: .75rem }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  table, tbody, tbody th, td { display: block }
  tbody tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .45rem 0; border-bottom: 1px solid var(--line) }
  tbody th, td { border: 0; padding: 0; min-width: 0; overflow-wrap: anywhere }
  tbody th, td:first-of-type:has(code) { flex: 0 0 100% }
  td:first-of-type:not(:only-of-type) code, tbody th code { display: inline; min-width: 0 }
  td:last-child:not(:only-of-type) code { white-space: normal }
  td:empty { display: none }
  td:not(:first-of-type:has(code))::before { content: attr(data-of) " "; color: var(--dim) }
  td:has(.track) { flex: 0 0 100% }
  td:has(.track)::before { display: none }
}
`
