import { func, object, type Service } from "@dagger.io/dagger"

/** A service under the host name that others reach it by. */
@object()
export class BoundService {
  /** Host name, e.g. "db". */
  @func()
  name: string

  /** What listens there. */
  @func()
  service: Service

  constructor(name: string, service: Service) {
    this.name = name
    this.service = service
  }
}
