import { parseTokenHost } from "../settings/access/access.js"
import type { ModuleToken, Pipeline, ServiceTests, TestService } from "./pipeline.js"

/** Above the job of its own that tests have where they need services. */
export const besideServices =
  '# go-image\'s own check "test" has no services beside it: the tests run here.'

/** In a container of Go's, beside its services. */
export function testCommands({ tokens, folder, tests }: Pipeline): string[] {
  const enter = folder === "." ? [] : [`cd ${folder}`]
  return [...tokens.map(netrcLine), ...enter, ...goTests(tests)]
}

/** Of a go.work, all modules that it names, also those that come later: `./...` is none of them in its folder. */
function goTests({ modules = ["."], isWorkspace = false }: Partial<ServiceTests> = {}): string[] {
  if (isWorkspace) return ["go test $(go list -m -f '{{.Dir}}/...')"]
  return modules.map((each) => (each === "." ? "go test ./..." : `(cd ${each} && go test ./...)`))
}

/** Where the provider starts services and does not wait for them; Go's image has bash. */
export function waitLines(
  services: readonly TestService[],
  hostOf: (service: TestService) => string,
): string[] {
  return services.map(
    (each) =>
      `for try in $(seq 60); do bash -c 'echo >/dev/tcp/${hostOf(each)}/${each.port}' 2>/dev/null && break; sleep 1; done`,
  )
}

function netrcLine({ host, variable }: ModuleToken): string {
  const login = parseTokenHost(host, "private-modules")
  return `printf 'machine ${login.host} login ${login.user} password %s\\n' "$${variable}" >>~/.netrc`
}

/** What tests read, where services are reached under these hosts. */
export function testVariables(
  { tests, privateModules }: Pipeline,
  hostOf: (service: TestService) => string,
): Record<string, string> {
  const entries = (tests?.environment ?? []).map(({ name, value, service }) => {
    const found = tests?.services.find((each) => each.name === service)
    return [name, value.replaceAll("{host}", found ? hostOf(found) : service)] as const
  })
  return {
    ...Object.fromEntries(entries),
    ...(privateModules.length > 0 && { GOPRIVATE: privateModules.join(",") }),
  }
}
