/** An import path, and the module that it comes from at a fixed version: the same projects on every machine. */
export interface Import {
  path: string
  module: string
}

function imports(text: string): Import[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [module = "", folder] = line.trim().split(" ")
      const root = module.slice(0, module.lastIndexOf("@"))
      return { path: folder === undefined ? root : `${root}/${folder}`, module }
    })
}

/** A usual web service: about 30 modules in its go.mod. */
export const middleImports = imports(`
  github.com/go-chi/chi/v5@v5.2.3
  github.com/golang-jwt/jwt/v5@v5.3.0
  github.com/google/uuid@v1.6.0
  github.com/jackc/pgx/v5@v5.7.5 pgxpool
  github.com/prometheus/client_golang@v1.23.2 prometheus/promhttp
  github.com/redis/go-redis/v9@v9.7.0
  github.com/spf13/cobra@v1.10.1
  go.uber.org/zap@v1.27.0
  gopkg.in/yaml.v3@v3.0.1
`)

/** What grew for years: about 200 modules in the program. */
export const largeImports = [
  ...middleImports,
  ...imports(`
    github.com/aws/aws-sdk-go-v2/config@v1.31.3
    github.com/aws/aws-sdk-go-v2/service/s3@v1.87.1
    github.com/charmbracelet/glamour@v1.0.0
    github.com/charmbracelet/huh@v1.0.0
    github.com/dgraph-io/badger/v4@v4.8.0
    github.com/getsentry/sentry-go@v0.33.0
    github.com/gin-gonic/gin@v1.10.1
    github.com/go-git/go-git/v5@v5.17.2
    github.com/hashicorp/hcl/v2@v2.24.0 hclsimple
    github.com/hashicorp/vault/api@v1.23.0
    github.com/labstack/echo/v4@v4.13.3
    github.com/minio/minio-go/v7@v7.0.91
    github.com/nats-io/nats.go@v1.43.0
    github.com/rs/zerolog@v1.34.0
    github.com/segmentio/kafka-go@v0.4.48
    github.com/sirupsen/logrus@v1.9.3
    github.com/spf13/viper@v1.20.1
    go.mongodb.org/mongo-driver@v1.17.3 mongo
    go.opentelemetry.io/contrib/instrumentation/google.golang.org/grpc/otelgrpc@v0.63.0
    go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp@v0.63.0
    go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp@v1.38.0
    go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc@v1.38.0
    go.opentelemetry.io/otel/exporters/stdout/stdouttrace@v1.31.0
    google.golang.org/grpc@v1.76.0
    k8s.io/client-go@v0.34.1 rest
  `),
]

/** Added one after the other, a new one for each run: what was added before is no longer new to a cache. */
export const addedImports = imports(`
  github.com/matoous/go-nanoid/v2@v2.1.0
  github.com/segmentio/ksuid@v1.0.4
  github.com/gosimple/slug@v1.15.0
  github.com/jinzhu/inflection@v1.0.0
  github.com/iancoleman/strcase@v0.3.0
  github.com/agnivade/levenshtein@v1.2.1
  github.com/fatih/structs@v1.1.0
  github.com/jinzhu/copier@v0.4.0
`)
