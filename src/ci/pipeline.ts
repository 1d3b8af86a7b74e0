/** What a project's CI pipeline has to do, whoever runs it: plain data, which each provider's file is written from. */
export interface Pipeline {
  /** Dagger's functions, or the command line with the runner's Docker. */
  tool: "dagger" | "docker"
  /** The repository has a dagger.toml, which Dagger 1.0 alone reads. */
  isWorkspace?: boolean
  /** What images are called where no repository says it. */
  name: string
  /** Image reference without a tag; undefined for the provider's own registry, where it has one. */
  image?: string
  /** Images are pushed from this branch alone. */
  branch: string
  /** Folder of the project in its repository; `.` for its root. */
  folder: string
  /** Another service has the usual file: what this one's workflow and images are called. */
  service?: string
  /** Of project.toml: one image for each. */
  targets: readonly string[]
  /** There are more targets, which are none of this pipeline's. */
  isPart?: boolean
  /** Of the image, where Dagger has to be told: the command line reads several from project.toml. */
  platforms?: readonly string[]
  /** Checks that go-image runs. */
  checks: readonly string[]
  /** What tests need besides; those then run in a job of their own, beside these services. */
  tests?: ServiceTests
  /** What private modules are downloaded with. */
  tokens: readonly ModuleToken[]
  /** As GOPRIVATE has them. */
  privateModules: readonly string[]
}

export interface ServiceTests {
  goVersion: string
  services: readonly TestService[]
  /** Folders of the modules that are tested, relative to the project's. */
  modules: readonly string[]
  /** A go.work names them, so that one go command tests all. */
  isWorkspace: boolean
  /** Their go.sum files, from the repository's root on: what downloads are kept by. */
  sums: readonly string[]
  /** What tests read, with `{host}` for the service's host. */
  environment: readonly { name: string; value: string; service: string }[]
}

export interface TestService {
  name: string
  image: string
  port: number
  environment: Readonly<Record<string, string>>
  /** Ends with 0 as soon as it can be used. */
  ready: string
}

export interface ModuleToken {
  host: string
  /** Variable of the job, and the secret of that name. */
  variable: string
}

/** Versions and digests in all files, in one place: none of them moves by itself. */
export const pinned = {
  dagger: "0.21.8",
  daggerOfWorkspace: "1.0.0-beta.10",
  docker: "docker:28.5.2",
  woodpeckerClone: "woodpeckerci/plugin-git:2.9.3",
  runner: "ubuntu-24.04",
  actions: {
    checkout: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    login: "docker/login-action@74a5d142397b4f367a81961eba4e8cd7edddf772 # v3.4.0",
    setupGo: "actions/setup-go@d35c59abb061a4a6fb18e82ac0862c26744d6ab5 # v5.5.0",
    dagger: "dagger/dagger-for-github@27b130bf0f79a7f6fbbbe0fbca6760dc9bb40a77 # v8.4.1",
    cosign: "sigstore/cosign-installer@398d4b0eeef1380460a10c8013a76f728fb906ac # v3.9.1",
  },
} as const

/** Of the CLI, which starts an engine of the same version. */
export function daggerVersion({ isWorkspace }: Pipeline): string {
  return isWorkspace ? pinned.daggerOfWorkspace : pinned.dagger
}
