import fc from "fast-check"

// The same cases at every run, so that a red build is the change's doing; FAST_CHECK_SEED and FAST_CHECK_RUNS look further.
const runs = Number(process.env.FAST_CHECK_RUNS ?? 200)

fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1), numRuns: runs })

export { fc, runs }
