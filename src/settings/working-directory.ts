/** Where an image has the project's files, and where its programs start unless asked otherwise. */
export const workingDirectory = "/app"
