/* A terminal that nobody told its size, as some CI providers have it, has none: 0 by 0. */

export const columnsOf = ({ columns }: NodeJS.WriteStream) => columns || 80
export const rowsOf = ({ rows }: NodeJS.WriteStream) => rows || 24

/** The same stream, which always says a size. */
export function withSize(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return Object.create(stream, {
    columns: { get: () => columnsOf(stream) },
    rows: { get: () => rowsOf(stream) },
  }) as NodeJS.WriteStream
}
