/** `script/package` gives its bundles the name of the command that the npm package installs. */
declare const __programName: string | undefined

/** What a person types to start this. */
export const programName = typeof __programName === "string" ? __programName : "bash script/build"
