/** One reason why a step had to run. */
export type Cause =
  | { kind: "file"; path: string; change: "changed" | "added" | "removed" }
  /** Something of the step or before it: an option, a variable, a line of the plan. */
  | { kind: "setting"; what: string; before?: string; after?: string }
  | { kind: "base"; image: string; before?: string; after?: string }
  /** Another stage, which had to run itself. */
  | { kind: "stage"; stage: string }
  | { kind: "no-cache" }
  | { kind: "engine"; before: string; after: string }
  | { kind: "first" }
  /** Nothing that goes into it is another: the engine does not have its result any more. */
  | { kind: "collected" }

export type FileCause = Extract<Cause, { kind: "file" }>

export function setting(
  what: string,
  before: string | undefined,
  after: string | undefined,
): Cause {
  return {
    kind: "setting",
    what,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

export function unique(causes: readonly Cause[]): Cause[] {
  return [...new Map(causes.map((cause) => [JSON.stringify(cause), cause])).values()]
}
