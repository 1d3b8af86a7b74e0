import { describe, expect, it } from "vitest"
import { detect } from "../../../../src/detect/detect.js"
import { MemorySource } from "../../support/memory-source.js"
import { main, mains, project, type Files } from "../../support/project.js"

const target = (name: string, packages: string, more = "") =>
  `[[go-image.targets]]\nname = "${name}"\npackages = ["${packages}"]\n${more}\n`

const webAndApi = target("web", "./services/web") + target("api", "./services/api")

const services: Files = {
  ...project(mains("services/web", "services/api")),
  "project.toml": webAndApi,
  "services/web/static/a.css": "a",
  "services/web/static/b.css": "b",
  "services/api/openapi.yaml": "c",
  "shared/locales/de.json": "d",
}

async function assetsOf(files: Files, name: string | undefined) {
  const { facts } = await detect(new MemorySource(files), {
    options: name === undefined ? { packages: ["./services/api"] } : {},
    environment: {},
    target: name,
  })
  return {
    kept: facts.assets.map(({ path }) => path),
    exclude: facts.assetExclude,
    folders: facts.assetFolders,
    notices: facts.notices.map(({ file, message }) => `${file}: ${message}`),
    buildFiles: facts.buildFiles ?? [],
  }
}

describe("a target's image", () => {
  it("has no files of other targets, and says so", async () => {
    const api = await assetsOf(services, "api")
    expect(api.folders).toEqual(["services", "services/api", "shared", "shared/locales"])
    expect(api.buildFiles.filter((path) => path.includes("web"))).toEqual([])
    expect(api.notices).toContain(
      "services/web/static/a.css: 2 files of other targets are not in the image: services/web/static/a.css, services/web/static/b.css; --keep brings them in",
    )
    const web = await assetsOf(services, "web")
    expect(web.folders).toEqual([
      "services",
      "services/web",
      "services/web/static",
      "shared",
      "shared/locales",
    ])
  })

  it("has those that it keeps", async () => {
    const files = {
      ...services,
      "project.toml":
        target("web", "./services/web") +
        target("api", "./services/api", 'keep = ["services/web/static/a.css"]'),
    }
    const { folders, notices } = await assetsOf(files, "api")
    expect(folders).toContain("services/web/static")
    expect(notices.join("\n")).toContain("1 file of other targets is not in the image")
  })

  it("has those of a program that is no target of its own, or asked for without a target", async () => {
    const alone = { ...services, "project.toml": target("api", "./services/api") }
    expect((await assetsOf(alone, "api")).folders).toContain("services/web/static")
    expect((await assetsOf(services, undefined)).folders).toContain("services/web/static")
  })

  it("has those of a folder whose code is compiled into it", async () => {
    const files = {
      ...services,
      "services/api/main.go": `package main\n\nimport _ "example.com/hello/services/web/theme"\n\nfunc main() { println() }\n`,
      "services/web/theme/theme.go": "package theme\n",
    }
    expect((await assetsOf(files, "api")).folders).toContain("services/web/static")
  })

  it.each([
    ["services/web/cmd/server", "services/api/cmd/server", "services/web"],
    ["services/web/cmd", "services/api/cmd", "services/web"],
    ["cmd/web", "cmd/api", "cmd/web"],
  ])("%s beside %s: leaves out %s", async (web, api, folder) => {
    const files = {
      ...project(mains(web, api)),
      "project.toml": target("web", `./${web}`) + target("api", `./${api}`),
      [`${folder}/page.html`]: "a",
      "page.html": "b",
    }
    const { kept, notices } = await assetsOf(files, "api")
    expect(kept).toEqual(["page.html"])
    expect(notices[0]).toMatch(`${folder}/page.html: 1 file of other targets is not in the image`)
  })

  it("has its own files where another target's folder is around it, or is the root", async () => {
    const files = {
      ...project({ "main.go": main, ...mains("web", "web/admin") }),
      "project.toml": target("site", ".") + target("web", "./web") + target("admin", "./web/admin"),
      "web/page.html": "a",
      "web/admin/page.html": "b",
      "page.html": "c",
    }
    expect((await assetsOf(files, "admin")).folders).toEqual(["web", "web/admin"])
    expect((await assetsOf(files, "web")).folders).toEqual(["web"])
    expect((await assetsOf(files, "site")).folders).toEqual([])
  })

  it("is built whatever is wrong with another target", async () => {
    const files = {
      ...services,
      "project.toml": target("web", "./services/nothing") + target("api", "./services/api"),
    }
    expect((await assetsOf(files, "api")).folders).toContain("services/web/static")
  })

  it("keeps no empty folder of another target", async () => {
    const files = { ...services, "services/web/uploads/.gitkeep": "" }
    expect((await assetsOf(files, "api")).folders).not.toContain("services/web/uploads")
    expect((await assetsOf(files, "web")).folders).toContain("services/web/uploads")
  })
})
