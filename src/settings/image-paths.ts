/** Where an image has the project's files, and where its programs start unless asked otherwise. */
export const workingDirectory = "/app"

/** An absolute path that is the same in a Dockerfile, a shell and an image: no blanks, no `..`. */
export function isImagePath(path: string): boolean {
  return /^(?:\/[\w.+@~-]+)+\/?$/.test(path) && !/\/\.{1,2}(?:\/|$)/.test(path)
}
