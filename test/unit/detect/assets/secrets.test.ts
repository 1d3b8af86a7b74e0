import { describe, expect, it } from "vitest"
import { isSearched, mayHoldSecret } from "../../../../src/detect/assets/secrets.js"

describe("the name of a file suggests a secret:", () => {
  it.each([
    ["prod.env", true],
    ["deploy/prod.env", true],
    [".env", false],
    ["a.env/b", false],
    ["prod.environment", false],
    ["credentials", true],
    ["aws/credentials.json", true],
    ["my-credentials", false],
    ["credentials.go", false],
    ["secret.yaml", true],
    ["k8s/secrets.yml", true],
    ["secrets.toml", true],
    ["secrets.json", true],
    ["secrets.txt", false],
    ["mysecrets.json", false],
    ["tls/server.key", true],
    ["server.keys", false],
    [".key", false],
  ])("%s: %s", (path, expected) => {
    expect(mayHoldSecret(path)).toBe(expected)
  })
})

describe("a file is read for secrets:", () => {
  it.each([
    ["config.yaml", true],
    ["config.json", true],
    ["deploy.sh", true],
    ["png", true],
    ["a.gohtml", false],
    ["logo.PNG", false],
    ["web/app.ts", false],
    ["app.ts.txt", true],
    ["b.tar.gz", false],
    ["README.md", false],
    ["lib.rs", false],
  ])("%s: %s", (path, expected) => {
    expect(isSearched(path)).toBe(expected)
  })
})
