import { applyBuildConfigs } from "../project/apply-build-configs.js"
import { goreleaserFiles, koFiles, readBuildConfigs } from "../project/build-configs.js"
import { asSetting } from "../found.js"
import { inFolder } from "./modules.js"
import { surveyModules, type ModuleSurvey, type Repository } from "./repository.js"
import type { Notice } from "../../found.js"

/**
 * The modules of the source with what ko's or goreleaser's file says of their programs, as far as nobody else says it: that
 * may change which programs there are, of which a first look knows nothing yet.
 */
export async function surveyConfiguredModules(
  survey: ModuleSurvey,
  notices: Notice[],
): Promise<Repository> {
  const { contents, folder, settings } = survey
  const first = surveyModules(survey)
  const folders = [...new Set([first.module.folder, folder, ""])]
  const [found] = folders.flatMap((each) =>
    [...koFiles, ...goreleaserFiles]
      .map((name) => ({ file: inFolder(each, name), folder: each }))
      .filter(({ file }) => contents.has(file)),
  )
  if (!found) return first
  const configs = await readBuildConfigs(contents.get(found.file) ?? "", found.file, found.folder)
  settings.buildTags ??= first.install.buildTags
  // An image is what a Dockerfile is about, and goreleaser's file is not.
  const { buildTags } = configs.tool === "goreleaser" ? (first.dockerfile ?? {}) : {}
  settings.buildTags ??= asSetting(buildTags)
  notices.push(...applyBuildConfigs(configs, first.programs, first.packages, settings))
  return surveyModules(survey)
}
