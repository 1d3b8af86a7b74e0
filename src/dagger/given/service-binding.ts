import { func, object, type Service } from "@dagger.io/dagger"
import { UserError } from "../../errors.js"

/** A service under the host name that others reach it by. */
@object()
export class ServiceBinding {
  /** Host name, e.g. "db". */
  @func()
  name: string

  /** What listens there. */
  @func()
  service: Service

  constructor(name: string, service: Service) {
    if (!/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) {
      throw new UserError(`not a host name: ${JSON.stringify(name)}`, {
        hint: "Write one such as db (--name of with-service, --test-service-name).",
      })
    }
    this.name = name
    this.service = service
  }
}
