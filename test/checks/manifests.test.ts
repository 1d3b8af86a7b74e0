import { readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { parse, parseAllDocuments } from "yaml"
import { readSchema, violations } from "../ci/schemas.js"

interface Manifest {
  apiVersion: string
  kind: string
  data?: Record<string, string>
}

const definitions: Record<string, string> = {
  "apps/v1 StatefulSet": "io.k8s.api.apps.v1.StatefulSet",
  "v1 ConfigMap": "io.k8s.api.core.v1.ConfigMap",
  "v1 Service": "io.k8s.api.core.v1.Service",
  "networking.k8s.io/v1 NetworkPolicy": "io.k8s.api.networking.v1.NetworkPolicy",
}

const text = ["engine.yaml", "network-policy.yaml"].map((file) =>
  readFileSync(`examples/kubernetes/${file}`, "utf8"),
)
const manifests = text.flatMap((each) =>
  parseAllDocuments(each).map((document) => document.toJS() as Manifest),
)

test.each(manifests)("$kind is what Kubernetes' schema describes", (manifest) => {
  expect(check(manifest)).toEqual([])
})

test("a field that is none, or at the wrong place, is found", () => {
  const mistaken = parse(text[0]!.split("---")[0]!.replace("volumeMounts:", "mounts:")) as Manifest
  expect(check(mistaken)).not.toEqual([])
})

test("the engine is of the version that the module is made for, and its configuration is JSON", () => {
  const { engineVersion } = JSON.parse(readFileSync("dagger.json", "utf8")) as {
    engineVersion: string
  }
  expect(text[0]).toContain(`image: registry.dagger.io/engine:${engineVersion}\n`)
  const [, next] =
    /^engineVersion = "(.*)"$/m.exec(readFileSync("dagger-module.toml", "utf8")) ?? []
  expect(readFileSync("docs/scale.md", "utf8")).toContain(`registry.dagger.io/engine:${next}`)
  const configuration = manifests.find(({ kind }) => kind === "ConfigMap")!.data!["engine.json"]!
  expect(JSON.parse(configuration)).toHaveProperty("gc.policies")
})

function check({ apiVersion, kind, ...rest }: Manifest): string[] {
  const definition = definitions[`${apiVersion} ${kind}`]
  const { $schema, definitions: all } = readSchema("kubernetes") as {
    $schema: string
    definitions: Record<string, { properties?: object; additionalProperties?: unknown }>
  }
  // As `kubectl apply` does, and the published schema does not: a field that is not known is an error.
  for (const each of Object.values(all)) {
    if (each.properties) each.additionalProperties ??= false
  }
  const schema = { $schema, definitions: all, $ref: `#/definitions/${definition}` }
  return violations(schema, { apiVersion, kind, ...rest })
}
