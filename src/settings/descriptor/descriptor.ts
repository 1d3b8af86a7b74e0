import type { About } from "../about.js"

/** The buildpacks' project descriptor. https://github.com/buildpacks/spec/blob/main/extensions/project-descriptor.md */
export interface ProjectDescriptor {
  /** Relative to the source's root. */
  file: string
  /** `[[io.buildpacks.build.env]]` (or, of the older schema, `[[build.env]]`), by name. */
  variables: ReadonlyMap<string, Located<string>>
  /** `[go-image]`: what has no such variable, keys as the command line's options are called. */
  table: ReadonlyMap<string, Located<unknown>>
  /** `[[go-image.targets]]`, by name: what holds for one target alone. */
  targets: ReadonlyMap<string, ReadonlyMap<string, Located<unknown>>>
  /** Patterns of `[io.buildpacks]`: all that is part of the source, or all that is not. */
  include?: string[]
  exclude?: string[]
  /** `[_]` (or, of the older schema, `[project]`): what the project says of itself. */
  about: Pick<About, "title" | "licenses" | "authors" | "documentation" | "source">
}

/** A value of project.toml and the line that it stands on. */
export interface Located<T> {
  value: T
  line: number
}

export const emptyDescriptor: ProjectDescriptor = {
  file: "project.toml",
  variables: new Map(),
  table: new Map(),
  targets: new Map(),
  about: {},
}
