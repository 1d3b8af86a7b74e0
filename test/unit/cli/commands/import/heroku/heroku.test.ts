import { expect, it } from "vitest"
import { importHerokuYml } from "../../../../../../cli/commands/import/heroku/heroku-yml.js"
import { importSlugignore } from "../../../../../../cli/commands/import/heroku/slugignore.js"

it("heroku.yml says what runs, and what its addons and variables are", async () => {
  const text = `setup:
  addons:
    - plan: heroku-postgresql
  config:
    MODE: production
build:
  docker:
    web: Dockerfile
  config:
    VERSION: "7"
release:
  image: web
  command:
    - ./migrate
run:
  web: ./shop -listen :$PORT
  worker:
    command:
      - ./shop work
    image: web
`
  const found = await importHerokuYml(text, "heroku.yml")
  expect(found.map(({ option, line, status, writes }) => [option, line, status, writes])).toEqual([
    ["heroku.yml build.docker", 8, "automatic", undefined],
    ["heroku.yml build.config", 10, "not supported", undefined],
    ["heroku.yml run.web", 16, "setting", { command: "./shop -listen :$PORT" }],
    ["heroku.yml run", 17, "not supported", undefined],
    ["heroku.yml setup.config", 5, "setting", { environment: ["MODE=production"] }],
    ["heroku.yml setup.addons", 2, "not supported", undefined],
    ["heroku.yml release", 11, "not supported", undefined],
  ])
})

it("heroku.yml that cannot be read is refused with its name", async () => {
  await expect(importHerokuYml("a: [", "heroku.yml")).rejects.toThrow(/heroku\.yml.*not YAML/)
})

it(".slugignore is what to drop, anywhere or from the root", () => {
  const files = ["main.go", "docs/a.psd", "spec/a.rb", "sub/spec/b.rb"]
  const found = importSlugignore("# a comment\n\n*.psd\n/spec\nsub/\n*.pdf\n", ".slugignore", files)
  expect(found.map(({ line, status, writes }) => [line, status, writes])).toEqual([
    [3, "setting", { drop: ["**/*.psd"] }],
    [4, "setting", { drop: ["spec"] }],
    [5, "setting", { drop: ["**/sub"] }],
    [6, "automatic", undefined],
  ])
})
