// go-image in modules of one's own.
package main

import (
	"context"

	"dagger/examples/internal/dagger"
)

// Examples of go-image.
type Examples struct{}

// Several services of one repository: an image for each, of its own program alone, under its own name.
//
// +cache="never"
func (m *Examples) GoImage_Monorepo(
	ctx context.Context,
	// Filled in by Dagger; Dagger 1.0 gives a module that is called no workspace but this.
	ws *dagger.Workspace,
	// +defaultPath="/examples/orders"
	source *dagger.Directory,
	// Where the images go: "ghcr.io/me".
	registry string,
	// Their tag.
	// +default="latest"
	tag string,
	// For the registry.
	// +optional
	username string,
	// For the registry: env:TOKEN.
	// +optional
	password *dagger.Secret,
) ([]string, error) {
	services := []struct {
		name  string
		image *dagger.GoImage
	}{
		// Its Procfile says that it serves the web.
		{"api", dag.GoImage(dagger.GoImageOpts{
			Ws: ws, Source: source, Packages: []string{"./cmd/api"},
		})},
		{"worker", dag.GoImage(dagger.GoImageOpts{
			Ws: ws, Source: source, Packages: []string{"./cmd/worker"}, Process: "worker", Port: []string{"0"},
		})},
	}
	var published []string
	for _, service := range services {
		addresses := []string{registry + "/" + service.name + ":" + tag}
		references, err := service.image.Publish(ctx, addresses, dagger.GoImagePublishOpts{
			Username: username,
			Password: password,
		})
		if err != nil {
			return nil, err
		}
		published = append(published, references...)
	}
	return published, nil
}

// Tests that need a database: a real PostgreSQL, started for them, under the host name "db".
func (m *Examples) GoImageTest_Postgres(
	ctx context.Context,
	// Filled in by Dagger.
	ws *dagger.Workspace,
	// +defaultPath="/examples/ledger"
	source *dagger.Directory,
) error {
	postgres := dag.Container().
		From("postgres:17-alpine").
		WithEnvVariable("POSTGRES_PASSWORD", "only-for-tests").
		WithExposedPort(5432).
		AsService(dagger.ContainerAsServiceOpts{UseEntrypoint: true})

	return dag.GoImage(dagger.GoImageOpts{
		Ws:              ws,
		Source:          source,
		TestService:     postgres,
		TestEnvironment: []string{"DATABASE_URL=postgres://postgres:only-for-tests@db:5432/postgres"},
	}).Test(ctx)
}

// A base of one's own: what the program needs besides itself.
func (m *Examples) GoImageCustom(
	// Filled in by Dagger.
	ws *dagger.Workspace,
	// +defaultPath="/examples/hello-web"
	source *dagger.Directory,
) *dagger.Container {
	base := dag.Container().
		From("alpine:3.22").
		WithExec([]string{"apk", "add", "--no-cache", "tini"})

	return dag.GoImage(dagger.GoImageOpts{Ws: ws, Source: source}).
		Custom(base).
		WithEntrypoint([]string{"/sbin/tini", "--", "/app/hello-web"})
}
