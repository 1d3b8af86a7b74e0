import type { ImportGraph } from "../code/import-graph.js"
import { folderOfPackage } from "../packages/main-package.js"

/** Of the standard library, what can listen; `net/url` and the like only read text. */
const ofStandardLibrary =
  /^(?:net|net\/http|net\/http\/(?:cgi|fcgi|httptest|pprof)|net\/rpc|net\/rpc\/jsonrpc|crypto\/tls|expvar)$/

/** What modules of servers are called. */
const serverWords =
  /(?:^|[/.-])(?:\w*https?\w*|\w*serv(?:e|er|ers|ice|ices)|\w*rpc|web\w*|rest|router|gateway|framework|kit)(?:[/.-]|$)/i

/** Modules that listen by themselves, and whose name does not say so. */
const servers =
  /^(?:github\.com\/(?:gin-gonic|labstack|gofiber|kataras|beego|astaxie|valyala|cloudwego|zeromicro|tal-tech|go-kratos|micro|asim|gogf|revel|gobuffalo|miekg\/dns|pocketbase|danielgtaylor|go-fuego|gliderlabs\/ssh|charmbracelet\/wish|quic-go|tidwall|panjf2000\/gnet|emersion|caddyserver|GoogleCloudPlatform\/functions-framework-go|hashicorp\/go-plugin|prometheus\/exporter-toolkit|dapr)|go-micro\.dev|go\.uber\.org\/yarpc|goa\.design|encore\.dev|sigs\.k8s\.io\/controller-runtime)(?:\/|$)/

/**
 * Programs that listen nowhere, such as one that takes its work from a queue: with all packages of the source that they
 * import, they import nothing that could. A module of the project's own owner might, whatever it is called.
 */
export function silentPrograms(
  graph: ImportGraph,
  programs: readonly { path: string }[],
  modulePath: string,
): string[] {
  // What C does, and what a link stands for, nobody knows.
  if (!graph.files || graph.cCandidates.some(({ path }) => path === "C")) return []
  const owner = ownerOf(modulePath)
  const mayListen = (path: string) =>
    isStandard(path)
      ? ofStandardLibrary.test(path)
      : serverWords.test(path) || servers.test(path) || ownerOf(path) === owner
  return programs
    .map(({ path }) => path)
    .filter((path) => !importedBy(graph, folderOfPackage(path)).some(mayListen))
}

/** Import paths of other modules and of the standard library, of a package and of those of the source that it needs. */
function importedBy({ packages }: ImportGraph, folder: string): string[] {
  const folders = new Set([folder])
  // A set goes on through what is added to it.
  for (const each of folders) packages.get(each)?.imports.forEach((next) => folders.add(next))
  return [...folders].flatMap((each) => [...(packages.get(each)?.foreign ?? [])])
}

function isStandard(path: string): boolean {
  return !path.split("/", 1)[0]?.includes(".")
}

/** `github.com/acme`, also of a module that is called like a folder: `acme`. */
function ownerOf(path: string): string {
  return path.split("/", 2).join("/")
}
