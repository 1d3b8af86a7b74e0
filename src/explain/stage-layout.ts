import type { ExplainedStage } from "./account.js"

export interface Point {
  x: number
  y: number
}

/** Where a stage is drawn. */
export interface PlacedStage extends Point {
  stage: ExplainedStage
}

/** A way from a stage to one that uses it, by points that it goes through in a straight line for each two of them. */
export interface PlacedEdge {
  points: Point[]
}

export interface StageLayout {
  stages: PlacedStage[]
  edges: PlacedEdge[]
  width: number
  height: number
}

export const box = { width: 176, height: 58, gapX: 48, gapY: 20, margin: 8 }

/** As high as the room is that an edge has between the stages of a column that it goes through. */
const laneHeight = 12

/** What takes room in a column: a stage, or an edge that goes on to a later column. */
interface Item {
  stage?: ExplainedStage
  column: number
  y: number
  /** In the column before it. */
  from: Item[]
}

/** Each stage to the right of those that it uses. An edge over several columns has a lane of its own: none is behind a stage. */
export function layOutStages(stages: readonly ExplainedStage[]): StageLayout {
  const items = new Map<string, Item>()
  const columns: Item[][] = []
  const ways: Item[][] = []
  const add = (item: Item): Item => {
    ;(columns[item.column] ??= []).push(item)
    return item
  }
  for (const stage of stages) {
    const used = stage.uses.flatMap((name) => items.get(name) ?? [])
    const column = Math.max(-1, ...used.map((each) => each.column)) + 1
    const item: Item = { stage, column, y: 0, from: [] }
    for (const start of used) {
      const way = [start]
      for (let at = start.column + 1; at < column; at++) {
        way.push(add({ column: at, y: 0, from: [way.at(-1) ?? start] }))
      }
      item.from.push(way.at(-1) ?? start)
      ways.push([...way, item])
    }
    items.set(stage.name, add(item))
  }
  placeRows(columns)
  const placed = [...items.values()].flatMap(({ stage, column, y }) =>
    stage ? [{ stage, x: xOf(column), y }] : [],
  )
  return {
    stages: placed,
    edges: ways.map((way) => ({ points: pointsOf(way, ways) })),
    width: xOf(columns.length - 1) + box.width + box.margin,
    height: Math.max(...placed.map(({ y }) => y + box.height)) + box.margin,
  }
}

/** What is used stands as high as what uses it, where there is room. */
function placeRows(columns: readonly Item[][]): void {
  for (const column of columns) {
    const wanted = new Map(column.map((item) => [item, middleOf(item.from)]))
    column.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0))
    let y = box.margin
    for (const item of column) {
      item.y = y
      y += heightOf(item) + box.gapY
    }
  }
}

function middleOf(items: readonly Item[]): number {
  const sum = items.reduce((before, each) => before + each.y + heightOf(each) / 2, 0)
  return items.length === 0 ? 0 : sum / items.length
}

function heightOf({ stage }: Item): number {
  return stage ? box.height : laneHeight
}

function xOf(column: number): number {
  return box.margin + column * (box.width + box.gapX)
}

function pointsOf(way: readonly Item[], ways: readonly (readonly Item[])[]): Point[] {
  const end = way.at(-1)
  return way.flatMap((item, i) => {
    const middle = item.y + heightOf(item) / 2
    const left = { x: xOf(item.column), y: item === end ? portOf(way, ways) : middle }
    const right = { x: xOf(item.column) + box.width, y: middle }
    return i === 0 ? [right] : item === end ? [left] : [left, right]
  })
}

/** Several edges that end at one stage end beside each other, in the order in which they come. */
function portOf(way: readonly Item[], ways: readonly (readonly Item[])[]): number {
  const end = way.at(-1)
  const before = (each: readonly Item[]) => middleOf(each.slice(-2, -1))
  const all = ways.filter((each) => each.at(-1) === end).sort((a, b) => before(a) - before(b))
  return (end?.y ?? 0) + (box.height * (all.indexOf(way) + 1)) / (all.length + 1)
}
