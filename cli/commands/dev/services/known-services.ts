/** A server that programs are developed with, by the last part of its image's name. */
export interface KnownService {
  port: number
  /** What its image must be told to start for whoever develops. */
  environment?: Record<string, string>
  /** What a program needs to know of it, by the names that libraries and frameworks read. */
  tells: (host: string, port: number) => Record<string, string>
}

/** Nobody but the programs of one `dev` on this machine can reach it. */
const password = "dev"

const postgres: KnownService = {
  port: 5432,
  environment: { POSTGRES_PASSWORD: password, POSTGRES_USER: "dev", POSTGRES_DB: "dev" },
  tells: (host, port) => ({
    DATABASE_URL: `postgres://dev:${password}@${host}:${port}/dev?sslmode=disable`,
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: "dev",
    PGPASSWORD: password,
    PGDATABASE: "dev",
    PGSSLMODE: "disable",
  }),
}

const mysql: KnownService = {
  port: 3306,
  environment: {
    MYSQL_ROOT_PASSWORD: password,
    MYSQL_USER: "dev",
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: "dev",
  },
  tells: (host, port) => ({
    DATABASE_URL: `mysql://dev:${password}@${host}:${port}/dev`,
    MYSQL_HOST: host,
    MYSQL_PORT: String(port),
    MYSQL_USER: "dev",
    MYSQL_PASSWORD: password,
    MYSQL_DATABASE: "dev",
  }),
}

const redis: KnownService = {
  port: 6379,
  tells: (host, port) => ({
    REDIS_URL: `redis://${host}:${port}/0`,
    REDIS_ADDR: `${host}:${port}`,
  }),
}

const known: Readonly<Record<string, KnownService>> = {
  postgres,
  postgis: postgres,
  pgvector: postgres,
  mysql,
  mariadb: mysql,
  redis,
  valkey: redis,
  mongo: {
    port: 27017,
    tells: (host, port) => ({ MONGODB_URI: `mongodb://${host}:${port}/dev` }),
  },
  nats: { port: 4222, tells: (host, port) => ({ NATS_URL: `nats://${host}:${port}` }) },
  rabbitmq: {
    port: 5672,
    tells: (host, port) => ({ AMQP_URL: `amqp://guest:guest@${host}:${port}/` }),
  },
  memcached: { port: 11211, tells: (host, port) => ({ MEMCACHED_ADDR: `${host}:${port}` }) },
}

/** Of any image: of one that is not known, where it is. */
export function knownService(name: string): KnownService | undefined {
  return Object.hasOwn(known, name) ? known[name] : undefined
}

/** What a program is told of each service: `API_HOST` and `API_PORT` of one that is called api. */
export function environmentFor(
  name: string,
  { host, port }: { host: string; port: number },
): Record<string, string> {
  const prefix = name.toUpperCase().replace(/[^A-Z0-9]+/g, "_")
  return { [`${prefix}_HOST`]: host, [`${prefix}_PORT`]: String(port) }
}
