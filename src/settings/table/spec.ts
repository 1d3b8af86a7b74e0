/** How a value is written down: in an environment variable, and in project.toml. */
export type Kind = "text" | "list" | "ports" | "flag"

export interface SettingSpec {
  kind: Kind
  /** The name of an environment variable that other tools have for it; by default there is none but the one of build arguments. */
  variable?: string
  /** For help and the README: one sentence, without a full stop. */
  help: string
  /** What holds where nothing is said. */
  otherwise: string
  example: string
  /** How a text names several. */
  several?: string
}
