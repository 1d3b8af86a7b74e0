/// <reference no-default-lib="true" />
/// <reference lib="es2015" />

/*
 * At each call, the engine's TypeScript runtime parses all that this folder refers to, to learn what the arguments are.
 * Without these lines that includes two megabytes of what browsers have. What we write with is in types/library.d.ts, which
 * the engine does not load.
 */
export {}
