/// <reference no-default-lib="true" />
/// <reference lib="es2023" />

/*
 * At each call, the engine's TypeScript runtime parses all that this folder refers to, to learn what the arguments are.
 * Without these lines that includes two megabytes of what browsers have, which nothing here uses.
 */
export {}
