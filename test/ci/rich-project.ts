import type { Pipeline } from "../../src/ci/pipeline.js"
import { exampleProject } from "../readme/pipelines.js"

/** A service in a folder, with targets, private modules, and tests that need a database. */
export function richProject(tool: Pipeline["tool"]): Pipeline {
  return {
    ...exampleProject,
    tool,
    folder: "services/shop",
    targets: ["web", "worker"],
    checks: ["vet"],
    tokens: [{ host: "github.com", variable: "MODULES_TOKEN" }],
    privateModules: ["github.com/acme/*"],
    tests: {
      goVersion: "1.25",
      modules: ["."],
      isWorkspace: false,
      sums: ["services/shop/go.sum"],
      services: [
        {
          name: "postgres",
          image: "postgres:17-alpine",
          port: 5432,
          environment: { POSTGRES_PASSWORD: "only-for-tests" },
          ready: "pg_isready -U postgres",
        },
      ],
      environment: [
        {
          name: "DATABASE_URL",
          value: "postgres://postgres:only-for-tests@{host}:5432/postgres?sslmode=disable",
          service: "postgres",
        },
      ],
    },
  }
}
