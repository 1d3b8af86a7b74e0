// Types of the SDK on a checkout that has never seen an engine: `dagger develop` generates sdk/,
// and takes the package @dagger.io/dagger itself out of package.json, so npm has it under an alias.
declare module "@dagger.io/dagger" {
  export * from "dagger-sdk"
}
