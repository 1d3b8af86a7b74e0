import { UserError } from "../../../src/errors.js"
import type { Reference } from "../../../src/reference.js"
import { statusAnswer } from "../../../src/registry-answer.js"
import { TemporaryFailure } from "../../errors.js"

/** What is to be done there: the rights that a token is asked for. */
export type Access = "pull" | "pull,push" | "pull,delete"

/** What a person is told where a registry does not do what it was asked. */
export function registryRefusal(
  { registry, repository }: Reference,
  { status, statusText }: { status: number; statusText: string },
  access: Access,
): UserError {
  const answer = `${registry} answers ${`${status} ${statusText}`.trim()} for ${repository}`
  const isRead = access === "pull"
  switch (statusAnswer(status)) {
    case "missing":
      return isRead
        ? new UserError(`no such image: ${answer}`, { hint: "Check its name and its tag." })
        : new UserError(answer)
    case "login": {
      const hint = `Check its name, or log in: docker login ${registry}`
      return new UserError(isRead ? `the image cannot be read: ${answer}` : answer, { hint })
    }
    case "limit":
    case "temporary":
      return new TemporaryFailure(isRead ? `the image was not read: ${answer}` : answer, {
        hint: "This may be temporary: try again.",
        retry: true,
      })
    case "unreachable":
    case undefined:
      return new UserError(isRead ? `the image was not read: ${answer}` : answer)
  }
}
