import type { TestService } from "./pipeline.js"

/** A service that programs use, and how that is seen. */
export interface ServiceKind extends TestService {
  /** Modules whose use says that there is one. */
  modules: RegExp
  /** Part of the names of its variables; the first group of a name that is about no service. */
  names: RegExp
  /** Names alone such as DATABASE_URL, DB_HOST. */
  isDatabase?: true
  url: string
  user?: string
  database?: string
}

const password = "only-for-tests"

/** A new one is a row here. */
export const serviceKinds: readonly ServiceKind[] = [
  {
    name: "postgres",
    image: "postgres:17-alpine",
    port: 5432,
    environment: { POSTGRES_PASSWORD: password },
    // Not by its socket, which also answers while the database is made.
    ready: "pg_isready -h 127.0.0.1 -U postgres",
    modules: /^github\.com\/(?:lib\/pq|jackc\/pgx(?:\/v\d+)?)$|^gorm\.io\/driver\/postgres$/,
    names: /(?:^|_)(?:PG|POSTGRES(?:QL)?|PSQL|PGX)/,
    isDatabase: true,
    url: `postgres://postgres:${password}@{host}:5432/postgres?sslmode=disable`,
    user: "postgres",
    database: "postgres",
  },
  {
    name: "mysql",
    image: "mysql:8.4",
    port: 3306,
    environment: { MYSQL_ROOT_PASSWORD: password, MYSQL_DATABASE: "test" },
    ready: `mysqladmin ping -h 127.0.0.1 -uroot -p${password}`,
    modules: /^github\.com\/go-sql-driver\/mysql$|^gorm\.io\/driver\/mysql$/,
    names: /(?:^|_)(?:MYSQL|MARIADB)/,
    isDatabase: true,
    url: `root:${password}@tcp({host}:3306)/test?parseTime=true`,
    user: "root",
    database: "test",
  },
  {
    name: "redis",
    image: "redis:7-alpine",
    port: 6379,
    environment: {},
    ready: "redis-cli ping",
    modules:
      /^github\.com\/(?:redis\/(?:go-redis\/v\d+|rueidis)|go-redis\/redis(?:\/v\d+)?|gomodule\/redigo)$/,
    names: /(?:^|_)(?:REDIS|VALKEY)/,
    url: "redis://{host}:6379",
  },
  {
    name: "mongo",
    image: "mongo:8.0",
    port: 27017,
    environment: {},
    ready: "mongosh --quiet --eval 1",
    modules: /^go\.mongodb\.org\/mongo-driver(?:\/v2)?$/,
    names: /(?:^|_)MONGO(?:DB)?/,
    url: "mongodb://{host}:27017",
  },
  {
    name: "rabbitmq",
    image: "rabbitmq:4-alpine",
    port: 5672,
    environment: {},
    ready: "rabbitmq-diagnostics -q ping",
    modules: /^github\.com\/(?:rabbitmq\/amqp091-go|streadway\/amqp)$/,
    names: /(?:^|_)(?:AMQP|RABBIT(?:MQ)?)/,
    url: "amqp://guest:guest@{host}:5672/",
    user: "guest",
  },
  {
    name: "nats",
    image: "nats:2-alpine",
    port: 4222,
    environment: {},
    ready: "nc -z localhost 4222",
    modules: /^github\.com\/nats-io\/nats\.go$/,
    names: /(?:^|_)NATS/,
    url: "nats://{host}:4222",
  },
]

/** What a variable of that name is for; undefined where it is not about this service. */
export function valueOf(
  name: string,
  known: ServiceKind,
  isTheDatabase: boolean,
): string | undefined {
  const generic = /(?:^|_)(?:DATABASE|DB|SQL)(?=_|$)/
  if (!known.names.test(name) && !(isTheDatabase && generic.test(name))) return undefined
  const { user, database, port } = known
  const last = name.replace(/^.*_/, "").replace(/^PG(?=[A-Z])/, "")
  if (/^(?:URL|URI|DSN|CONN|CONNECTION|CONNSTR)$/.test(last)) return known.url
  if (/^(?:ADDR|ADDRESS|ENDPOINT|HOSTPORT)$/.test(last)) return `{host}:${port}`
  if (/^(?:HOST|HOSTNAME|SERVER)$/.test(last)) return "{host}"
  if (last === "PORT") return String(port)
  if (/^(?:USER|USERNAME)$/.test(last)) return user
  if (/^(?:PASSWORD|PASS|PASSWD)$/.test(last)) return user === "guest" ? user : user && password
  if (/^(?:DB|DATABASE|NAME|DBNAME)$/.test(last)) return database
  if (/^SSLMODE$/.test(last)) return "disable"
  return undefined
}
