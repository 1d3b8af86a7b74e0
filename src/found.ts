/** Something a person should know, that does not stop the build. */
export interface Notice {
  file: string
  line?: number
  message: string
  /** All that it is about, where it names the first of them alone. */
  files?: readonly string[]
}

/** A value and the line of the project that it was read from. */
export interface Found<T> {
  value: T
  file: string
  line: number
}
