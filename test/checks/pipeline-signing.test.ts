import { readFileSync, writeFileSync, mkdtempSync, rmSync, chmodSync } from "node:fs"
import { execFileSync } from "node:child_process"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, expect, onTestFinished, test } from "vitest"
import { parse } from "yaml"
import { readSchema, violations, withoutFetchTags, type schemaFiles } from "../ci/schemas.js"

/** What signs an image is a comment in each provider's file: with its marks taken away it has to be right. */

const uncommented = (file: string) =>
  readFileSync(`examples/ci/${file}`, "utf8")
    .split("\n")
    .filter((line) => !/^\s*# To sign/.test(line))
    .map((line) =>
      line.replace(
        /^(\s*)# ((?:- )?(?:run|uses|cosign|echo|export|apk|id-token|id_tokens| {2}env)\b)/,
        "$1$2",
      ),
    )
    .join("\n")

const withDagger = [
  ".github/workflows/image.yml",
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  ".buildkite/pipeline.yml",
  "azure-pipelines.yml",
  ".woodpecker.yaml",
  "Jenkinsfile",
]

const files = [
  ...withDagger,
  ...[...withDagger, "bitbucket-pipelines.yml"].map((file) => `without-dagger/${file}`),
]

describe.each(["", "without-dagger/"])("%s", (folder) => {
  test.each<[string, keyof typeof schemaFiles]>([
    [".gitlab-ci.yml", "gitLab"],
    [".circleci/config.yml", "circleCI"],
    [".buildkite/pipeline.yml", "buildkite"],
    ["azure-pipelines.yml", "azure"],
  ])("%s with it is what its provider's schema describes", (file, schema) => {
    const pipeline = parse(uncommented(folder + file)) as Record<string, object>
    // The copy of GitLab's schema that a registry has is of before tokens for others.
    if (schema === "gitLab") Reflect.deleteProperty(pipeline["publish"]!, "id_tokens")
    const known =
      schema === "azure" ? withoutFetchTags(pipeline as unknown as { steps: object[] }) : pipeline
    expect(violations(readSchema(schema), known)).toEqual([])
  })

  test("GitHub's and GitLab's jobs may ask for a token then, and only then", () => {
    const workflow = `${folder}.github/workflows/image.yml`
    expect(parse(uncommented(workflow))).toMatchObject({
      permissions: { contents: "read" },
      jobs: { image: { permissions: { "id-token": "write" } } },
    })
    expect(readFileSync(`examples/ci/${workflow}`, "utf8")).not.toMatch(/^\s*id-token/m)
    expect(parse(uncommented(`${folder}.gitlab-ci.yml`))).toMatchObject({
      publish: { id_tokens: { SIGSTORE_ID_TOKEN: { aud: "sigstore" } } },
    })
  })
})

const isWithoutDagger = (file: string) => file.startsWith("without-dagger/")

describe.each(files)("%s", (file) => {
  test("signs the image by its digest, logged in", () => {
    const lines = uncommented(file)
      .split("\n")
      .map((line) =>
        line
          .trim()
          .replace(/^- (?:run: )?/, "")
          .replaceAll("$$", "$"),
      )
    const commands = lines.filter(
      (line) => /\bcosign (?:login|sign)\b/.test(line) && !line.startsWith("#"),
    )
    const folder = mkdtempSync(join(tmpdir(), "go-image-signing-"))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const stand = (name: string, script: string) => {
      writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
      chmodSync(join(folder, name), 0o755)
    }
    stand("cosign", 'echo "$*" >>calls; case $1 in login) cat >>calls ;; esac')
    stand(
      "dagger",
      'test "$*" = "core container from --address=$IMAGE image-ref" && echo "$IMAGE@sha256:abc"',
    )
    execFileSync("sh", ["-ec", commands.join("\n")], {
      cwd: folder,
      env: {
        PATH: `${folder}:${process.env["PATH"]}`,
        // The action says it with its digest.
        IMAGE: `registry.example.com/team/shop${isWithoutDagger(file) ? "@sha256:abc" : ":1"}`,
        image: "registry.example.com/team/shop@sha256:abc",
        REGISTRY_USER: "me",
        REGISTRY_PASSWORD: "secret",
      },
    })
    const calls = readFileSync(join(folder, "calls"), "utf8").trim().split("\n")
    const signed = calls.at(-1) ?? ""
    expect(signed).toMatch(
      /^sign --yes (?:--key env:\/\/COSIGN_PRIVATE_KEY )?registry\.example\.com\/team\/shop(?::1)?@sha256:abc$/,
    )
    if (!isWithoutDagger(file))
      expect(calls.slice(0, 2)).toEqual([
        "login registry.example.com --username me --password-stdin",
        "secret",
      ])
  })
})
