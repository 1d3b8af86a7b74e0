import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"
import { textFiles } from "./test/text-files.js"

export default defineConfig({
  plugins: [textFiles],
  test: {
    reporters: ["default", "./test/plain-reporter.ts"],
    // An expectation that is missing fails, here as in CI; `-u` writes it.
    update: "none",
    // Vitest leaves one processor alone, and on two is half as fast for it.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: "checks",
          include: ["test/checks/**/*.test.ts"],
          globalSetup: "test/ci/published.ts",
          testTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          // Reading all sources again for each file takes a third of the processor's time. So a test leaves the environment as it was.
          isolate: false,
          // Many start processes, and a busy machine takes its time: this is for tests that would never end.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/setup.ts",
          testTimeout: 600_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
})
