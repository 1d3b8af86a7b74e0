import { expect, test } from "vitest"
import config from "../../vitest.config.js"

test("an expectation that is missing is not written by the run that needs it", () => {
  expect(config.test?.update).toBe("none")
})
