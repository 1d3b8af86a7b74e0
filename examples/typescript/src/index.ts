/** go-image in modules of one's own. */
import {
  argument,
  type Container,
  dag,
  type Directory,
  func,
  object,
  type Secret,
  type Workspace,
} from "@dagger.io/dagger"

@object()
export class Examples {
  /**
   * Several services of one repository: an image for each, with its program alone, under its own name.
   *
   * @param ws Filled in by Dagger; Dagger 1.0 gives a module that is called no workspace but this.
   * @param source The repository.
   * @param registry Where the images go: "ghcr.io/me".
   * @param tag Their tag.
   * @param username For the registry.
   * @param password For the registry: env:TOKEN.
   */
  @func({ cache: "never" })
  async goImage_monorepo(
    ws: Workspace,
    @argument({ defaultPath: "/examples/orders" }) source: Directory,
    registry: string,
    tag: string = "latest",
    username?: string,
    password?: Secret,
  ): Promise<string[]> {
    const of = { ws, source }
    const api = dag.goImage({ ...of, packages: ["./cmd/api"] })
    const worker = dag.goImage({
      ...of,
      packages: ["./cmd/worker"],
      process: "worker",
      port: ["0"],
    })
    const login = { username, password }
    const published = await Promise.all([
      api.publish([`${registry}/api:${tag}`], login),
      worker.publish([`${registry}/worker:${tag}`], login),
    ])
    return published.flat()
  }

  /**
   * Tests that need a database: a PostgreSQL is started for them, under the host name "db".
   *
   * @param ws Filled in by Dagger.
   * @param source A project whose tests read DATABASE_URL.
   */
  @func()
  async goImageTest_postgres(
    ws: Workspace,
    @argument({ defaultPath: "/examples/ledger" }) source: Directory,
  ): Promise<void> {
    const postgres = dag
      .container()
      .from("postgres:17-alpine")
      .withEnvVariable("POSTGRES_PASSWORD", "only-for-tests")
      .withExposedPort(5432)
      .asService({ useEntrypoint: true })

    await dag
      .goImage({
        ws,
        source,
        testService: postgres,
        testEnvironment: ["DATABASE_URL=postgres://postgres:only-for-tests@db:5432/postgres"],
      })
      .test()
  }

  /**
   * A base of one's own, which has what the program needs besides itself.
   *
   * @param ws Filled in by Dagger.
   * @param source A Go project.
   */
  @func()
  goImageCustom(
    ws: Workspace,
    @argument({ defaultPath: "/examples/hello-web" }) source: Directory,
  ): Container {
    const base = dag
      .container()
      .from("alpine:3.22")
      .withExec(["apk", "add", "--no-cache", "ffmpeg"])
    return dag.goImage({ ws, source }).custom(base)
  }
}
