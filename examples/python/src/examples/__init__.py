"""go-image in modules of one's own."""

from typing import Annotated

import dagger
from dagger import DefaultPath, Doc, dag, function, object_type


@object_type
class Examples:
    @function(cache="never")
    async def go_image_monorepo(
        self,
        ws: Annotated[
            dagger.Workspace,
            Doc("Filled in by Dagger; Dagger 1.0 gives a module that is called no workspace but this."),
        ],
        source: Annotated[dagger.Directory, DefaultPath("/examples/orders")],
        registry: Annotated[str, Doc('Where the images go: "ghcr.io/me".')],
        tag: Annotated[str, Doc("Their tag.")] = "latest",
        username: Annotated[str | None, Doc("For the registry.")] = None,
        password: Annotated[dagger.Secret | None, Doc("For the registry: env:TOKEN.")] = None,
    ) -> list[str]:
        """Several services of one repository: an image for each, with its program alone, under its own name."""
        services = {
            # Its Procfile says that it serves the web.
            "api": dag.go_image(ws=ws, source=source, packages=["./cmd/api"]),
            "worker": dag.go_image(
                ws=ws, source=source, packages=["./cmd/worker"], process="worker", port=["0"]
            ),
        }
        published: list[str] = []
        for name, service in services.items():
            published += await service.publish(
                [f"{registry}/{name}:{tag}"], username=username, password=password
            )
        return published

    @function
    async def go_image_test_postgres(
        self,
        ws: Annotated[dagger.Workspace, Doc("Filled in by Dagger.")],
        source: Annotated[
            dagger.Directory,
            Doc("A project whose tests read DATABASE_URL."),
            DefaultPath("/examples/ledger"),
        ],
    ) -> None:
        """Tests that need a database: a PostgreSQL is started for them, under the host name "db"."""
        postgres = (
            dag.container()
            .from_("postgres:17-alpine")
            .with_env_variable("POSTGRES_PASSWORD", "only-for-tests")
            .with_exposed_port(5432)
            .as_service(use_entrypoint=True)
        )
        await dag.go_image(
            ws=ws,
            source=source,
            test_service=postgres,
            test_environment=["DATABASE_URL=postgres://postgres:only-for-tests@db:5432/postgres"],
        ).test()

    @function
    def go_image_custom(
        self,
        ws: Annotated[dagger.Workspace, Doc("Filled in by Dagger.")],
        source: Annotated[dagger.Directory, Doc("A Go project."), DefaultPath("/examples/hello-web")],
    ) -> dagger.Container:
        """A base of one's own, which has what the program needs besides itself."""
        base = (
            dag.container().from_("alpine:3.22").with_exec(["apk", "add", "--no-cache", "ffmpeg"])
        )
        return dag.go_image(ws=ws, source=source).custom(base)
