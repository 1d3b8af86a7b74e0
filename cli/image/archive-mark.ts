/** The group that files belong to in archives of ours: by it, one is known for what it is under any name. */
export const archiveMark = "go-image"
