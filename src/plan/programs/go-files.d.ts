/** The text of a Go file, as `with { type: "text" }` imports it: Bun and esbuild know it, test/go-files.ts tells Vitest. */
declare module "*.go" {
  const text: string
  export default text
}
