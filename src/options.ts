/**
 * What a user can ask for: the Dagger constructor's arguments and the command line's options both become this. What each
 * means is in settings/table.ts.
 */
export interface Options {
  goVersion?: string
  packages?: string[]
  binaryName?: string
  buildTags?: string[]
  cgo?: string
  staticLink?: boolean
  buildPackages?: string[]
  osPackages?: string[]
  osPackagesDate?: string
  buildEnvironment?: string[]
  goWork?: string
  vendorCheck?: string
  linkerValues?: string[]
  stamp?: string
  revision?: string
  revisionTime?: string
  gitTag?: string
  runtime?: string
  platform?: string
  command?: string
  process?: string
  port?: string[]
  entryArguments?: string[]
  defaultArguments?: string[]
  healthCheck?: string
  stopSignal?: string
  user?: string
  capabilities?: string[]
  workingDirectory?: string
  folders?: string[]
  volumes?: string[]
  environment?: string[]
  keep?: string[]
  drop?: string[]
  goTools?: boolean
  root?: boolean
  privateModules?: string[]
  cacheNamespace?: string
}
