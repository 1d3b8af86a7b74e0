import type { Found } from "../found.js"

/** What a project says of itself for people who see its image: nothing is made up. */
export interface About {
  title?: Found<string>
  description?: Found<string>
  /** An SPDX expression. */
  licenses?: Found<string>
  authors?: Found<string>
  documentation?: Found<string>
  source?: Found<string>
}
