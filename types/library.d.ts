// What Node.js 20 and Bun have; see src/default-library.ts.
/// <reference lib="es2023" />
