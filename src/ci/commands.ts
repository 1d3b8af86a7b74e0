import { homepage, version } from "../version.js"
import { indent } from "./lines.js"
import { daggerVersion, type Pipeline } from "./pipeline.js"

/** What every provider's shell runs: IMAGE, REGISTRY_USER, REGISTRY_PASSWORD and, without Dagger, CACHE are its variables. */
export interface Commands {
  /** On a machine that has nothing but curl and Docker, or Node.js and Docker. */
  install: string[]
  /** Of a job that has the credentials, which a pull request need not have; none where Dagger does it. */
  login: string[]
  /** Of a pull request; one of several lines is a loop. */
  check: string[]
  /** Of the branch that images are pushed from: checks first. */
  publish: string[]
  /** What else a team may want of the pushed image, as comments. */
  hints: string[]
  /** What signs the image, as comments: provider's token where it has one, else a key. */
  sign: string[]
}

/** How the provider signs: with a token that `token` fetches or the job has, or with a key. */
export interface Signing {
  by: "token" | "key"
  token?: string
  /** What cosign comes from, on the machine of the job. */
  install?: string
}

/** Where checks leave junit.xml; Bitbucket looks for a folder of this name by itself. */
export const testResults = "test-results"

/** Whether the check leaves results for a provider that shows them. */
export function hasTestResults({ tool, checks }: Pipeline): boolean {
  return tool === "docker" && checks.includes("test")
}

/**
 * @param registry What `docker login` is told: a name, or a variable in quotes.
 */
export function commandsOf(
  pipeline: Pipeline,
  registry: string,
  signing: Signing,
  job: JobFacts,
): Commands {
  return pipeline.tool === "dagger"
    ? daggerCommands(pipeline, signing)
    : dockerCommands(pipeline, registry, signing, job)
}

/** What differs between the jobs of providers. */
export interface JobFacts {
  /** Commit that a pull request starts from, as the shell of its job writes it. */
  base: string
  /** Whether the provider shows results of tests. */
  testResults?: boolean
}

/** Comments name pages of these, as the file's readers need not have them. */
export function documentation(part: string): string {
  return `${homepage}/blob/v${version}/docs/ci.md#${part}`
}

/** Where a pull request left the branch that it is for. */
export function mergeBase(branch: string): string {
  return `"$(git merge-base HEAD ${branch.includes("$") ? `"${branch}"` : branch})"`
}

function daggerCommands(pipeline: Pipeline, signing: Signing): Commands {
  const check = daggerCheck(pipeline)
  const publish = [
    daggerCall(pipeline),
    `publish --source=${pipeline.folder}`,
    pipeline.targets.length > 0 && `--targets=${targetsOf(pipeline).join(",")}`,
    pipeline.platforms && `--platforms=${pipeline.platforms.join(",")}`,
    `--addresses="$IMAGE" --username="$REGISTRY_USER" --password=env://REGISTRY_PASSWORD`,
  ]
  const login = `echo "$REGISTRY_PASSWORD" | cosign login "\${IMAGE%%/*}" --username "$REGISTRY_USER" --password-stdin`
  return {
    install: installDagger(pipeline),
    login: [],
    check: [check],
    publish: [`${check} && ${publish.filter(Boolean).join(" ")}`],
    hints: hintsOf(pipeline, '--addresses="$IMAGE,${IMAGE%:*}:main"'),
    sign: signLines(
      signing,
      [login],
      `"$(dagger core container from --address="$IMAGE" image-ref)"`,
    ).map((line) => (line.startsWith("cosign sign") ? ofEachTarget(pipeline, line) : line)),
  }
}

/** Where $IMAGE is the name of several images. */
function ofEachTarget({ targets }: Pipeline, line: string): string {
  if (targets.length === 0) return line
  const named = `"$(echo "$IMAGE" | sed "s/{{.Target}}/$target/")"`
  return `for target in ${targets.join(" ")}; do ${line.replace('"$IMAGE"', named)}; done`
}

function installDagger(pipeline: Pipeline): string[] {
  return [
    `curl -fsSL https://dl.dagger.io/dagger/install.sh | DAGGER_VERSION=${daggerVersion(pipeline)} BIN_DIR=$HOME/.local/bin sh`,
    "export PATH=$HOME/.local/bin:$PATH",
  ]
}

/** `dagger check` runs them with the settings that the repository has: a job's secrets are arguments of functions. */
function daggerCheck(pipeline: Pipeline): string {
  if (pipeline.tokens.length === 0 && !pipeline.tests && pipeline.folder === ".")
    return "dagger check"
  return pipeline.checks
    .map((name) => `${daggerCall(pipeline)} ${name} --source=${pipeline.folder}`)
    .join(" && ")
}

function daggerCall({ tokens }: Pipeline): string {
  const given =
    tokens.length === 0
      ? []
      : [
          `--token-hosts=${tokens.map(({ host }) => host).join(",")}`,
          `--tokens=${tokens.map(({ variable }) => `env://${variable}`).join(",")}`,
        ]
  return ["dagger call go-image", ...given].join(" ")
}

function dockerCommands(
  pipeline: Pipeline,
  registry: string,
  signing: Signing,
  job: JobFacts,
): Commands {
  const all = [goImage(pipeline), ...targetOptions(pipeline)]
  const cache = `--cache-image="$CACHE"`
  const build = [...all, `--tag="$IMAGE" --push`, cache]
  const login = `echo "$REGISTRY_PASSWORD" | docker login ${registry} --username "$REGISTRY_USER" --password-stdin`
  return {
    install: [],
    login: [`if [ -n "$REGISTRY_PASSWORD" ]; then ${login}; fi`],
    check:
      pipeline.targets.length > 0 && !pipeline.isPart
        ? checkAndBuildAffected(pipeline, job)
        : checkAndBuild(pipeline, job),
    // Also what it compiles for tests goes into the cache, which pull requests only read.
    publish: [
      login,
      checkLine(pipeline, job, cache),
      `image=$(${build.join(" ")})`,
      `echo "$image"`,
    ],
    hints: hintsOf(pipeline, 'a second --tag="${IMAGE%:*}:main"'),
    sign: signLines(signing, [], "$image"),
  }
}

const readCache = `--cache-from="$CACHE"`

/** An image that a pull request could not be built into is a failure, too. */
function checkAndBuild(pipeline: Pipeline, job: JobFacts): string[] {
  const build = [goImage(pipeline), ...targetOptions(pipeline), readCache]
  return [checkLine(pipeline, job, readCache), build.join(" ")]
}

/** What the pull request can alter is built. */
function checkAndBuildAffected(pipeline: Pipeline, job: JobFacts): string[] {
  const build = [goImage(pipeline), '--target="$target"', readCache]
  return [
    checkLine(pipeline, job, readCache),
    `affected=$(${goImage(pipeline)} --affected-since=${job.base})`,
    ["for target in $affected; do", ...indent(2, [build.join(" ")]), "done"].join("\n"),
  ]
}

/** `all`, or those that the pipeline is for. */
export function targetsOf({ targets, isPart }: Pipeline): readonly string[] {
  return targets.length > 0 && !isPart ? ["all"] : targets
}

function targetOptions(pipeline: Pipeline): string[] {
  return targetsOf(pipeline).map((target) => `--target=${target}`)
}

/** All modules of a monorepo are checked, which no target stands for: a test can fail that is in no image. */
function checkWords(pipeline: Pipeline): string[] {
  const targets = pipeline.isPart ? targetOptions(pipeline) : []
  return [goImage(pipeline), ...targets, ...checkOptions(pipeline)]
}

function checkLine(
  pipeline: Pipeline,
  { testResults: isShown = false }: JobFacts,
  cache: string,
): string {
  const report = isShown && hasTestResults(pipeline) ? [`--test-report=${testResults}`] : []
  return [...checkWords(pipeline), cache, ...report].join(" ")
}

function goImage(pipeline: Pipeline): string {
  return [`npx --yes go-image@${version} ${pipeline.folder}`, ...tokenOptions(pipeline)].join(" ")
}

export function checkOptions({ checks }: Pipeline): string[] {
  return checks.map((name) => `--check=${name}`)
}

export function tokenOptions({ tokens }: Pipeline): string[] {
  return tokens.map(({ host, variable }) => `--token=${host}=env:${variable}`)
}

function signLines({ by, token, install }: Signing, login: string[], image: string): string[] {
  const key = by === "key" ? "--key env://COSIGN_PRIVATE_KEY " : ""
  return [install, ...login, token, `cosign sign --yes ${key}${image}`].filter(
    (each) => each !== undefined,
  )
}

/** @param movingTag How the command names one beside the commit's. */
export function hintsOf({ targets, isPart }: Pipeline, movingTag: string): string[] {
  return [
    `# To push a tag that moves, too: ${movingTag}.`,
    ...(targets.length > 0 && !isPart
      ? [
          "# Each commit has an image of every target, also of those that it does not change.",
          `# To push only those that changed, or each in a job of its own: ${documentation("several-services")}`,
        ]
      : []),
  ]
}

/** A comment above lines that sign, which are comments, too. */
export function signHint({ by }: Signing, where: string): string {
  return by === "token"
    ? `# To sign it without a key, with cosign${where} (${documentation("signing")}):`
    : `# To sign it with cosign and a key, the secrets COSIGN_PRIVATE_KEY and COSIGN_PASSWORD (${documentation("signing")}):`
}

/** `OWNER/go-image@v0.1.0`, as a workflow uses it. */
export const ownAction = `${homepage.replace("https://github.com/", "")}@v${version}`

/** Until `script/owner` has written the owner's name, who uses the file has to. */
export const ownerHint = ownAction.startsWith("OWNER/")
  ? "# Replace OWNER with the account on GitHub that has go-image."
  : undefined

/** A release is not known by its commit before there is one: whoever uses the file looks it up. */
export const pinHint = [
  `# go-image is used by its tag v${version}, which can be moved; the other actions are commits. To pin it, too, as @COMMIT # v${version}:`,
  `# git ls-remote ${homepage} 'v${version}^{}' prints the commit. Dependabot and Renovate can keep both up to date.`,
]

/** Releases have tags that start so, and images of their own. */
export const releaseTags = "v*"

/** Where the image goes: `$IMAGE` and `$CACHE` of a pipeline. */
export function imageNames({ targets }: Pipeline, image: string, tag: string) {
  return {
    IMAGE: `${image}${targets.length > 0 ? "/{{.Target}}" : ""}:${tag}`,
    CACHE: `${image}:cache`,
  }
}
