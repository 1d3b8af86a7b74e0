import { join } from "node:path"
import type { DetectedProject } from "../../../src/detect/detect.js"
import type { Source } from "../../../src/detect/source.js"
import { cachesBeside } from "../../cache/cache-location.js"
import type { BuilderOptions } from "../../build/solver.js"
import type { Request } from "../../request.js"
import type { Terminal } from "../../terminal/terminal.js"
import { check, listTests, type CheckedBefore } from "./check.js"
import { eachModule, modulesToCheck } from "./modules.js"

interface Asked {
  request: Request
  terminal: Terminal
  checked: CheckedBefore
}

/** Looks at a module, and gives what is needed to check it. */
type WithModule = <T>(
  module: string | undefined,
  use: (project: DetectedProject, options: BuilderOptions) => Promise<T>,
) => Promise<T>

/** `--check` and `--test-list`, of all modules that they are about. */
export async function checkModules(
  source: Source,
  folder: string,
  { request, terminal, checked }: Asked,
  withModule: WithModule,
): Promise<void> {
  const modules = await modulesToCheck(source, folder, request, terminal)
  if (request.checks.length > 0) {
    await eachModule(modules, terminal, (module) =>
      withModule(module, (project, options) =>
        check(project, request.checks, ofModule(options, modules, module), checked),
      ),
    )
    return
  }
  const lists = await eachModule(modules, terminal, (module) =>
    withModule(module, (project, options) =>
      listTests(project, ofModule(options, modules, module)),
    ),
  )
  process.stdout.write(lists.join(""))
}

/** Each writes results, and has a build cache, of its own, as targets do. */
function ofModule(
  options: BuilderOptions,
  modules: readonly unknown[],
  module = "",
): BuilderOptions {
  if (modules.length < 2) return options
  const { testReport } = options.request
  const suffix = `-${module.replace(/[^\w.-]+/g, "-") || "root"}`
  return {
    ...options,
    request: {
      ...options.request,
      ...(testReport !== undefined && { testReport: join(testReport, module) }),
      ...cachesBeside(options.request, suffix),
    },
  }
}
