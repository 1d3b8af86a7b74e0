/** What the command line tells a person while it works; everything goes to standard error. */
export interface Report {
  /** One plain line about what is being done, e.g. `installing runc (apt-get)`. */
  say(line: string): void
  /** What is done from now on, for who asks why nothing moves; it is not printed. */
  begin?(what: string): void
}
