import type { Report } from "../report.js"
import { connectEmbedded, embeddedObstacle } from "./embedded.js"
import type { Engine } from "./engine.js"
import { UserError } from "../../src/errors.js"

export interface ConnectOptions {
  report: Report
  signal?: AbortSignal
}

export async function connect({ report, signal }: ConnectOptions): Promise<Engine> {
  const obstacle = embeddedObstacle()
  if (obstacle) throw new UserError(obstacle)
  return connectEmbedded(report, signal)
}
