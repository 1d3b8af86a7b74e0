/** The text of a file, as `with { type: "text" }` imports it: Bun and esbuild know it, test/text-files.ts tells Vitest. */
declare module "*.go" {
  const text: string
  export default text
}

declare module "*.sh" {
  const text: string
  export default text
}
