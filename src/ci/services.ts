import type { Requirement } from "../detect/modules/go-mod.js"
import { folderFinder, inFolder, moduleFolders, type Module } from "../detect/modules/modules.js"
import type { Line, Source } from "../detect/source.js"
import { composeImages, type ComposeImage } from "./compose-images.js"
import type { TestService } from "./pipeline.js"
import { serviceKinds, valueOf, type ServiceKind } from "./service-kinds.js"

/** A service that tests need, as far as the project says so: its driver in go.mod, and a variable that a test reads. */
export interface FoundService {
  service: TestService
  environment: { name: string; value: string; service: string }[]
  /** Where that stands. */
  from: string[]
}

export interface FoundServices {
  services: FoundService[]
  /** What one job cannot give to all tests. */
  notes: string[]
}

/** Files of Docker Compose, whose version of a service is the one that people test with. */
const composeFiles = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]

/** A module's driver of a service. */
interface Use {
  module: Module
  known: ServiceKind
  required: Requirement
  isTheDatabase: boolean
}

/** A variable that a test reads. */
interface Read {
  name: string
  from: string
}

/**
 * @param modules Those whose tests are run.
 * @param folder Of the project in the source: its Compose file is that of all modules that have none.
 */
export async function findTestServices(
  source: Source,
  modules: readonly Module[],
  folder: string,
): Promise<FoundServices> {
  const uses = modules.flatMap(usesOf)
  if (uses.length === 0) return { services: [], notes: [] }
  const { files } = await source.survey()
  const reads = await readsOf(source, folderFinder(moduleFolders(files)))
  const composeOf = (module: Module) =>
    [module.folder, folder, ""]
      .flatMap((each) => composeFiles.map((file) => inFolder(each, file)))
      .filter((file) => files.includes(file))
  const texts = await source.read([...new Set(modules.flatMap(composeOf))])
  const composes = await Promise.all(
    [...texts].map(async ([file, text]) => [file, await composeImages(text, file)] as const),
  )
  const images = new Map(composes)
  const notes = composes.flatMap(([, { note }]) => note ?? [])
  const found: FoundServices = { services: [], notes }
  for (const use of uses) {
    const all = composeOf(use.module).flatMap((file) => images.get(file)?.images ?? [])
    const { name } = use.known
    const image = all.find(({ value }) => new RegExp(`(?:^|/)${name}:`).test(value))
    addUse(found, use, reads.get(use.module.folder) ?? [], image)
  }
  return found
}

function usesOf(module: Module): Use[] {
  const { requires } = module.goMod
  const uses = serviceKinds.flatMap((known) => {
    const required = requires.find(({ path, indirect }) => !indirect && known.modules.test(path))
    return required ? [{ module, known, required }] : []
  })
  const database = uses.find(({ known }) => known.isDatabase)
  return uses.map((use) => ({ ...use, isTheDatabase: use === database }))
}

/** By the folder of the module whose test it is. */
async function readsOf(
  source: Source,
  moduleOf: (path: string) => string | undefined,
): Promise<Map<string, Read[]>> {
  const lines = await source.search('os\\.(Getenv|LookupEnv)\\("[A-Z][A-Z0-9_]*"\\)')
  const tests = lines.filter(({ path }) => path.endsWith("_test.go"))
  const folders = [...new Set(tests.map(({ path }) => moduleOf(path) ?? ""))]
  return new Map(
    folders.map((folder) => [
      folder,
      tests.filter(({ path }) => (moduleOf(path) ?? "") === folder).flatMap(variablesOf),
    ]),
  )
}

function variablesOf({ path, line, text }: Line): Read[] {
  return [...text.matchAll(/os\.(?:Getenv|LookupEnv)\("([A-Z][A-Z0-9_]*)"\)/g)].map(
    ([, name = ""]) => ({ name, from: `${path}:${line}` }),
  )
}

/** One service of a kind is beside all tests, and each variable has one value. */
function addUse(
  { services, notes }: FoundServices,
  { module, known, required, isTheDatabase }: Use,
  reads: readonly Read[],
  image: ComposeImage | undefined,
): void {
  const own = new Map<string, { value: string; from: string }>()
  for (const { name, from } of reads) {
    const value = valueOf(name, known, isTheDatabase)
    if (value === undefined || own.has(name)) continue
    const other = services.find(
      ({ service, environment }) =>
        service.name !== known.name && environment.some((each) => each.name === name),
    )
    if (other === undefined) own.set(name, { value, from })
    else
      notes.push(
        `tests: ${name} is set for ${other.service.name}, so ${from} gets no ${known.name}: a job has one value for all modules`,
      )
  }
  if (own.size === 0) return
  const there = services.find(({ service }) => service.name === known.name)
  const found = there ?? emptyOf(known, image?.value)
  if (!there) services.push(found)
  for (const [name, { value }] of own) {
    if (found.environment.some((each) => each.name === name)) continue
    found.environment.push({ name, value, service: known.name })
  }
  const [first] = [...own.values()]
  found.from.push(
    ...[
      `${module.goMod.module.file}:${required.line}`,
      first?.from,
      there ? undefined : image?.from,
    ].filter((each) => each !== undefined),
  )
}

function emptyOf(known: ServiceKind, image = known.image): FoundService {
  const { name, port, environment, ready } = known
  return { service: { name, image, port, environment, ready }, environment: [], from: [] }
}
