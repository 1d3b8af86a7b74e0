import { expect, it } from "vitest"
import { importAppJson } from "../../../../../../cli/commands/import/heroku/app-json.js"

const rows = (document: unknown) =>
  importAppJson(JSON.stringify(document, null, 2), "app.json").map(
    ({ option, line, value, writes }) => [option, line, value, writes],
  )

it.each([
  ["a value", { A: "b" }, ["app.json env", "A=b", { environment: ["A=b"] }]],
  ["an object", { A: { value: "b" } }, ["app.json env", "A=b", { environment: ["A=b"] }]],
  ["no value", { A: { required: true } }, ["app.json env", "A", undefined]],
  ["a generator", { A: { generator: "secret", value: "x" } }, ["app.json env", "A", undefined]],
  // Which everybody could read who has the image.
  ["a secret", { API_TOKEN: "abc" }, ["app.json env", "API_TOKEN", undefined]],
  ["a port", { PORT: "80" }, ["app.json env", "PORT=80", undefined]],
  [
    "the Go version",
    { GOVERSION: "go1.25.3" },
    ["app.json env GOVERSION", "GOVERSION=go1.25.3", { goVersion: "1.25.3" }],
  ],
  [
    "packages",
    { GO_INSTALL_PACKAGE_SPEC: "./a ./b" },
    ["GO_INSTALL_PACKAGE_SPEC", "GO_INSTALL_PACKAGE_SPEC=./a ./b", { packages: ["./a", "./b"] }],
  ],
  [
    "a variable of the go command",
    { GOEXPERIMENT: "jsonv2" },
    [
      "app.json env of the go command",
      "GOEXPERIMENT=jsonv2",
      { buildEnvironment: ["GOEXPERIMENT=jsonv2"] },
    ],
  ],
])("env with %s", (_, env, [option, value, writes]) => {
  expect(rows({ env })).toEqual([[option, 3, value, writes]])
})

it("env with a linker value, which two variables are", () => {
  const env = { GO_LINKER_SYMBOL: "main.mode", GO_LINKER_VALUE: "prod" }
  expect(rows({ env })).toEqual([
    ["GO_LINKER_SYMBOL", 3, "GO_LINKER_SYMBOL=main.mode", { linkerValues: ["main.mode=prod"] }],
    ["GO_LINKER_VALUE", 4, "GO_LINKER_VALUE=prod", undefined],
  ])
})

it("all its other keys", () => {
  const found = rows({
    name: "shop",
    description: "a shop",
    buildpacks: [
      { url: "heroku/go" },
      { url: "https://github.com/heroku/heroku-buildpack-nodejs.git" },
      { url: "heroku-community/apt" },
    ],
    formation: {},
    scripts: { postdeploy: "shop seed" },
    addons: [],
    environments: {},
    stack: "heroku-24",
    image: "heroku/go",
  })
  expect(found.map(([option]) => option)).toEqual([
    "app.json others",
    "app.json buildpacks heroku/go",
    "app.json buildpacks heroku/nodejs",
    "app.json buildpacks",
    ...["formation", "scripts", "addons", "environments", "stack", "image"].map(
      (key) => `app.json ${key}`,
    ),
  ])
  expect(found[0]).toEqual(["app.json others", 2, "name, description", undefined])
})

it.each(["{", "", "[1]", "null", '{"env": 1, "buildpacks": {}}'])(
  "%j is told or has no rows",
  (text) => {
    const read = () => importAppJson(text, "app.json")
    if (text === "{" || text === "") expect(read).toThrow(/^app\.json: not JSON/)
    else expect(read()).toEqual([])
  },
)
