/** What a project is checked by. */
export enum CheckName {
  /** go test. */
  Test = "test",

  /** go vet. */
  Vet = "vet",

  /** golangci-lint. */
  Lint = "lint",

  /** gofmt. */
  Format = "format",

  /** go mod tidy. */
  Tidy = "tidy",

  /** govulncheck. */
  Vulncheck = "vulncheck",
}
