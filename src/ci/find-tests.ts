import type { DetectedProject } from "../detect/detect.js"
import type { Source } from "../detect/source.js"
import { chooseBuilder } from "../plan/bases/choose-builder.js"
import type { ServiceTests } from "./pipeline.js"
import { findTestServices } from "./services.js"
import { findTestedModules, placesOf } from "./tested-modules.js"

/** What the tests of a project need beside them, and what there is to say about it. */
export async function findTests(
  source: Source,
  detected: DetectedProject,
  inRepository: string,
): Promise<{ tests?: ServiceTests; notes: string[] }> {
  const { facts, settings } = detected
  const folder = facts.source?.value ?? ""
  const tested = await findTestedModules(source, detected)
  const { services, notes } = await findTestServices(source, tested.modules, folder)
  if (services.length === 0) return { notes }
  const all = { ...facts, furtherModules: [...tested.modules] }
  return {
    tests: {
      goVersion: chooseBuilder(all, settings).version.tag,
      services: services.map(({ service }) => service),
      ...placesOf(tested, folder, inRepository),
      environment: services.flatMap(({ environment }) => environment),
    },
    notes: [
      ...services.map(
        ({ service, environment, from }) =>
          `tests: ${service.image}, by ${environment.map(({ name }) => name).join(", ")} (${from.join(", ")})`,
      ),
      ...notes,
    ],
  }
}
