export {
  connection,
  connect,
  Context,
  func,
  check,
  generate,
  up,
  agent,
  argument,
  object,
  field,
  enumType,
  entrypoint,
  getRegisteredClass,
} from "./core.js"

export type { ConnectOpts, CallbackFct } from "./core.js"

export * from "./client.gen.js"
