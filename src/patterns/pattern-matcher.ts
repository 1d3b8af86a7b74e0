import type { Token } from "./pattern-parser.js"

/**
 * Several patterns as one automaton, which reads a path once, from left to right, whatever the patterns are: a regular
 * expression would go back and try again, for minutes where the pattern is `*a*a*a*b`.
 *
 * The patterns are a tree of their tokens. A state is the set of the tree's nodes that a path's beginning leads to. The
 * state that follows by a character is computed when it is first asked for, and kept: most paths begin like others.
 *
 * @returns Whether one of the patterns matches the path, or a folder above it unless the whole path is asked for.
 */
export function compilePatterns(
  patterns: readonly (readonly Token[])[],
  what: "path or folder" | "whole" = "path or folder",
): (path: string) => boolean {
  const root = newNode()
  for (const tokens of patterns) addPattern(root, tokens)
  const states = new States(root)
  return (path) => {
    let state = states.first
    for (let i = 0; i < path.length; i++) {
      let code = path.charCodeAt(i)
      // What matches a folder holds for everything in it.
      if (state.accepts && code === slash && what !== "whole") return true
      if (code >= 128) {
        code = path.codePointAt(i) ?? code
        if (code > 0xffff) i++
      }
      state = (code < 128 ? state.ascii[code] : state.other.get(code)) ?? states.follow(state, code)
      if (state.isEmpty) return false
    }
    return state.accepts
  }
}

const slash = "/".charCodeAt(0)

/** A place in one or more patterns: patterns that begin alike share the nodes of their beginning. */
interface Node {
  /** A pattern ends here. */
  isEnd: boolean
  /** This node is also reached from itself, by any of these. */
  loop?: "any" | "all but slash"
  /** The nodes that follow by one character: of most nodes, it is one. */
  characters?: Map<number, Node>
  /** Those that follow by one of several. */
  others?: { token: Token; node: Node }[]
  /** Those that follow by none: what a star stands for may be nothing. */
  empty?: Node[]
  /** By what was added, but for characters: how a pattern that goes on in the same way finds its node. */
  children?: Map<string, Node>
}

function newNode(loop?: Node["loop"]): Node {
  return {
    isEnd: false,
    loop,
    characters: undefined,
    others: undefined,
    empty: undefined,
    children: undefined,
  }
}

function addPattern(root: Node, tokens: readonly Token[]): void {
  let node = root
  for (const token of tokens) {
    node = token.kind === "character" ? follower(node, token.code) : otherChild(node, token)
  }
  node.isEnd = true
}

function follower(node: Node, code: number): Node {
  const characters = (node.characters ??= new Map<number, Node>())
  let child = characters.get(code)
  if (!child) characters.set(code, (child = newNode()))
  return child
}

type OtherToken = Exclude<Token, { kind: "character" }>

function otherChild(node: Node, token: OtherToken): Node {
  const children = (node.children ??= new Map<string, Node>())
  const key = token.kind === "set" ? JSON.stringify(token) : token.kind
  let child = children.get(key)
  if (!child) children.set(key, (child = addToken(node, token)))
  return child
}

/** @returns Where the pattern goes on. */
function addToken(node: Node, token: OtherToken): Node {
  const empty = (node.empty ??= [])
  switch (token.kind) {
    case "any":
    case "set": {
      const child = newNode()
      ;(node.others ??= []).push({ token, node: child })
      return child
    }
    case "star":
    case "rest": {
      const child = newNode(token.kind === "star" ? "all but slash" : "any")
      empty.push(child)
      return child
    }
    case "folders": {
      const folders = newNode("any")
      const child = follower(folders, slash)
      empty.push(folders, child)
      return child
    }
  }
}

interface State {
  nodes: ReadonlySet<Node>
  isEmpty: boolean
  accepts: boolean
  /** The states that follow, by the character. */
  ascii: (State | undefined)[]
  other: Map<number, State>
}

/** The limit of all states together. Then they are made again, so that many different paths do not fill the memory. */
const mostKept = 1_000_000

class States {
  first: State
  private readonly start: ReadonlySet<Node>
  private readonly numbers = new Map<Node, number>()
  private states = new Map<string, State>()
  private kept = 0

  constructor(root: Node) {
    this.start = withEmpty([root])
    this.first = this.of(this.start)
  }

  follow(state: State, code: number): State {
    if (this.kept > mostKept) {
      this.states = new Map()
      this.kept = 0
      this.first = this.of(this.start)
    }
    const next = this.of(step(state.nodes, code))
    if (code < 128) state.ascii[code] = next
    else state.other.set(code, next)
    this.kept++
    return next
  }

  private of(nodes: ReadonlySet<Node>): State {
    const key = Array.from(nodes, (node) => this.numberOf(node)).join()
    let state = this.states.get(key)
    if (!state) {
      state = {
        nodes,
        isEmpty: nodes.size === 0,
        accepts: [...nodes].some(({ isEnd }) => isEnd),
        ascii: new Array<undefined>(128).fill(undefined),
        other: new Map(),
      }
      this.states.set(key, state)
      this.kept += nodes.size + state.ascii.length
    }
    return state
  }

  private numberOf(node: Node): number {
    let number = this.numbers.get(node)
    if (number === undefined) this.numbers.set(node, (number = this.numbers.size))
    return number
  }
}

function step(nodes: ReadonlySet<Node>, code: number): Set<Node> {
  const next: Node[] = []
  for (const node of nodes) {
    if (node.loop === "any" || (node.loop && code !== slash)) next.push(node)
    const child = node.characters?.get(code)
    if (child) next.push(child)
    for (const other of node.others ?? []) if (includes(other.token, code)) next.push(other.node)
  }
  return withEmpty(next)
}

/** A set that grows while it is gone through. */
function withEmpty(nodes: readonly Node[]): Set<Node> {
  const all = new Set(nodes)
  for (const { empty } of all) for (const node of empty ?? []) all.add(node)
  return all
}

function includes(token: Token, code: number): boolean {
  if (token.kind !== "set") return code !== slash
  return token.ranges.some(([from, to]) => from <= code && code <= to) !== token.negated
}
