/** A value that someone asked for, and where. */
export interface Setting<T> {
  value: T
  /** `--go-version`, `environment variable GO_VERSION`, `project.toml:4`. */
  from: string
  /** A file of the project says so, not whoever builds it. */
  byProject?: true
  /** Of a value that the project's files are a part of, what whoever builds has given. */
  byCaller?: T
}
