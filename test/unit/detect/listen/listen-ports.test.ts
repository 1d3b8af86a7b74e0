import { describe, expect, it } from "vitest"
import { detectIn, mains, project } from "../../support/project.js"
import { detectListens, readListens } from "../../../../src/detect/listen/listen-ports.js"
import { findSlowInput } from "../../support/hostile.js"
import { MemorySource } from "../../support/memory-source.js"

const read = (text: string) => readListens([{ path: "main.go", line: 1, text }])

describe("that a program listens, though not where, is read from", () => {
  it.each<[string, number]>([
    ["\thttp.ListenAndServe(address, nil)", 1],
    ["\tlog.Fatal(srv.ListenAndServeTLS(cert, key))", 1],
    ['\tl, err := net.Listen("tcp", config.Address)', 1],
    ['\tl, err := net.Listen("tcp", ":80")', 0],
    ["\t// http.ListenAndServe(address, nil)", 0],
    ["\tfmt.Println(network.Listening(x))", 0],
  ])("%s", (text, calls) => {
    expect(read(text).opens).toHaveLength(calls)
  })
})

describe("where a program listens is read from", () => {
  it.each([
    ["pkg/config/config.go", "\tPort: 7880,", ["7880/tcp"]],
    ["internal/default_settings.go", "\tHTTPPort:   7880, // its own", ["7880/tcp"]],
    ["settings/web.go", "\tPort: 7880,", ["7880/tcp"]],
    ["config/defaults.go", "\tTCPPort: 7881,", []],
    ["config/defaults.go", "\tPort: 5432,", []],
    ["config/defaults.go", "\tPort: 0,", []],
    ["reconfigure.go", "\tPort: 7880,", []],
    ["server.go", "\tPort: 7880,", []],
  ])("defaults of settings: %s %s", (path, text, ports) => {
    const found = readListens([{ path, line: 1, text }]).ports
    expect(found.map(({ value }) => value)).toEqual(ports)
  })

  it.each([
    ['\tlog.Fatal(http.ListenAndServe(":9898", nil))', "9898/tcp"],
    ['\thttp.ListenAndServeTLS("0.0.0.0:8443", "a", "b", nil)', "8443/tcp"],
    ["\thttp.ListenAndServe(`:9898`, nil)", "9898/tcp"],
    ['\tl, err := net.Listen("tcp", ":9898")', "9898/tcp"],
    ['\tl, err := net.Listen("tcp4", "[::]:9898")', "9898/tcp"],
    ['\tl, err := config.Listen(ctx, "tcp", ":9898")', "9898/tcp"],
    ['\tl, err := lc.Listen(context.Background(), "tcp", ":9898")', "9898/tcp"],
    ['\tc, err := net.ListenPacket("udp", ":53")', "53/udp"],
    ['\tserver := &dns.Server{Addr: ":53", Net: "udp"}', "53/udp"],
    ['\tserver := &http.Server{Addr: ":9898", Handler: mux}', "9898/tcp"],
    ['\t\tAddr:         ":9898",', "9898/tcp"],
    ['\tr.Run(":9898")', "9898/tcp"],
    ['\te.Logger.Fatal(e.Start(":9898"))', "9898/tcp"],
    ['\tlog.Fatal(app.Listen(":9898"))', "9898/tcp"],
    ['var addr = flag.String("addr", ":9898", "address")', "9898/tcp"],
    ['\tflag.StringVar(&listen, "web.listen-address", ":9898", "")', "9898/tcp"],
    ['\tflags.StringVarP(&c.Addr, "http-addr", "a", "0.0.0.0:9898", "")', "9898/tcp"],
    ['\tport := flag.Int("port", 9898, "port")', "9898/tcp"],
    ['\tflag.IntVar(&port, "p", 9898, "port")', "9898/tcp"],
    ['\tpflag.StringP("port", "p", "9898", "port")', "9898/tcp"],
    ['\tviper.SetDefault("port", 9898)', "9898/tcp"],
    ['\tviper.SetDefault("server.addr", ":9898")', "9898/tcp"],
    ['const listenAddr = ":9898"', "9898/tcp"],
    ['\tdefaultPort = "9898" // where', "9898/tcp"],
    ['\tport := "9898"', "9898/tcp"],
    ["\tvar httpPort int = 9898", "9898/tcp"],
    ['\tflag.StringVar(&port, "port", getEnv("APP_PORT", "9898"), "port")', "9898/tcp"],
    ['\tHTTPPort int `env:"HTTP_PORT" envDefault:"9898"`', "9898/tcp"],
    ['\tListen string `default:"0.0.0.0:9898" split_words:"true"`', "9898/tcp"],
    ['\taddr := env.Or("HTTP_ADDR", ":9898")', "9898/tcp"],
    ['\ts := &http.Server{Addr: env("LISTEN_ADDR", ":9898")}', "9898/tcp"],
    ['\terr := http.ListenAndServe(getenv("ADDR", ":9898"), mux)', "9898/tcp"],
    ['\tflags := web.AddFlags(kingpin.CommandLine, ":9898")', "9898/tcp"],
    ['\tDefaultListenClientURLs = "http://localhost:9898"', "9898/tcp"],
    ['const defaultBindURL = "tcp://0.0.0.0:9898/"', "9898/tcp"],
  ])("%s", (text, port) => {
    expect(read(text).ports.map(({ value }) => value)).toEqual([port])
  })

  it.each([
    '// http.ListenAndServe(":9898", nil)',
    '\thttp.ListenAndServe(":http", nil)',
    '\thttp.ListenAndServe(":0", nil)',
    '\thttp.ListenAndServe(":99999", nil)',
    '\thttp.ListenAndServe(":"+port, nil)',
    '\tnet.Dial("tcp", "localhost:5432")',
    '\tredis.NewClient(&redis.Options{Addr: "redis:6379"})',
    '\tflag.String("redis-addr", "localhost:6379", "")',
    '\tflag.String("database-url", "postgres://localhost:5432/app", "")',
    '\tflag.Int("redis-port", 6379, "")',
    '\tdbPort := "5432"',
    "\tsmtpPort = 587",
    '\tredisAddr := ":6379"',
    "\tport := 8080 + offset",
    "\treport = 8080",
    '\tdefaultPort = "5432"',
    "\tport := 587",
    '\tflag.Int("port", 3306, "port of the database")',
    '\tDefaultUpstreamURL = "http://localhost:2379"',
    "\tPort: 8080,",
    '\tt.Run(":9898 is taken", test)',
    "\tretries := 10",
    '\tflag.String("api_addr", "localhost:8080", "Address of API server to report to")',
    '\tflag.String("addr", ":8080", "address of the remote server")',
    '\tDBPort int `env:"DB_PORT" envDefault:"5432"`',
  ])("nothing: %s", (text) => {
    expect(read(text).ports).toEqual([])
  })

  it("the line with its kind", () => {
    expect(read('go http.ListenAndServe("localhost:6060", nil)').ports).toEqual([
      { value: "6060/tcp", loopback: true, file: "main.go", line: 1 },
    ])
    expect(read('go http.ListenAndServe(":9090", promhttp.Handler()) // metrics').ports).toEqual([
      { value: "9090/tcp", secondary: true, file: "main.go", line: 1 },
    ])
    expect(read('flags.String("https-address", ":9443", "")').ports).toEqual([
      { value: "9443/tcp", secondary: true, isDefault: true, file: "main.go", line: 1 },
    ])
  })

  it.each([
    ['\tport := os.Getenv("PORT")', true],
    ['\tif p, ok := os.LookupEnv("PORT"); ok {', true],
    ['\t\t*port = os.Getenv("PORT")', true],
    [' * os.Getenv("PORT") is read', false],
    ['\tPort int `env:"PORT" envDefault:"3000"`', true],
    ['\tPort int `env:"PORT,default=3000"`', true],
    ['\tos.Getenv("DB_PORT")', false],
    ['\tPort int `env:"DB_PORT"`', false],
  ])("whether PORT is read: %s", (text, isRead) => {
    expect(read(text).variable).toHaveLength(isRead ? 1 : 0)
  })

  it("no line takes long", () => {
    expect(findSlowInput((text) => read(text))).toBeUndefined()
  })
})

describe("packages that are not main are searched", () => {
  const files = {
    "main.go": "package main\n",
    "internal/server.go": 'package internal\n\nvar s = http.Server{Addr: ":7000"}\n',
    "internal/server_test.go": 'package internal\n\nvar t = http.Server{Addr: ":7001"}\n',
    "vendor/x/x.go": 'package x\n\nvar s = http.Server{Addr: ":7002"}\n',
    "test/server.go": 'package test\n\nvar s = http.Server{Addr: ":7005"}\n',
    "internal/profile.go":
      "//go:build pprof\n\npackage internal\n\nfunc init() { http.ListenAndServe(`:6060`, nil) }\n",
    "internal/server_windows.go": 'package internal\n\nvar s = http.Server{Addr: ":7004"}\n',
    "nested/x.go": 'package nested\n\nvar s = http.Server{Addr: ":7003"}\n',
  }
  const main = [{ path: ".", importPath: "example.com/app", module: "", file: "main.go", line: 1 }]
  const own = {
    files: Object.keys(files).filter((path) => !path.startsWith("nested/")),
    root: "",
  }

  it("of the module, without tests and other modules", async () => {
    const source = new MemorySource(files)
    const listens = await detectListens(
      source,
      new Map([["main.go", "package main\n"]]),
      own,
      main,
      [],
    )
    expect(listens.ports).toEqual([{ value: "7000/tcp", file: "internal/server.go", line: 3 }])
    expect(source.roundTrips).toBe(1)
  })

  it("only where a main package does not say it itself", async () => {
    const source = new MemorySource(files)
    const text = 'package main\n\nfunc main() { http.ListenAndServe(":80", nil) }\n'
    const listens = await detectListens(source, new Map([["main.go", text]]), own, main, [])
    expect(listens.ports.map(({ value }) => value)).toEqual(["80/tcp"])
    expect(source.roundTrips).toBe(0)
  })

  it("and count only for programs that import them", async () => {
    const listensIn = async (path: string) => {
      const all = project({
        "cmd/web/main.go":
          'package main\n\nimport _ "example.com/hello/internal/srv"\n\nfunc main() { println() }\n',
        ...mains("cmd/cli"),
        "internal/srv/s.go": 'package srv\n\nvar port = os.Getenv("PORT")\n',
      })
      return (await detectIn(all, { packages: [path] })).facts.listens
    }
    expect((await listensIn("./cmd/web")).variable).toEqual([
      { value: "PORT", file: "internal/srv/s.go", line: 3 },
    ])
    expect(await listensIn("./cmd/cli")).toEqual({
      ports: [],
      variable: [],
      silent: ["./cmd/cli"],
    })
  })

  it("in other modules of a go.work, too, where a program imports them", async () => {
    const { facts } = await detectIn(
      {
        "go.work": "go 1.25\n\nuse (\n\t./web\n\t./kit\n)\n",
        "web/go.mod": "module example.com/web\n\ngo 1.25\n",
        "web/main.go":
          'package main\n\nimport "example.com/kit/server"\n\nfunc main() { server.Run() }\n',
        "kit/go.mod": "module example.com/kit\n\ngo 1.25\n",
        "kit/server/server.go": 'package server\n\nvar s = http.Server{Addr: ":7000"}\n',
        "kit/other/other.go": 'package other\n\nvar s = http.Server{Addr: ":7001"}\n',
      },
      { packages: ["./web"] },
    )
    expect(facts.listens.ports).toEqual([
      { value: "7000/tcp", file: "kit/server/server.go", line: 3 },
    ])
  })

  it("without the port that a client of others has a variable for", async () => {
    const portsOf = async (text: string) => {
      const path = "internal/net.go"
      const source = new MemorySource({ "main.go": "package main\n", [path]: text })
      const read = new Map([["main.go", "package main\n"]])
      const all = { files: ["main.go", path], root: "" }
      return (await detectListens(source, read, all, main, [])).ports.map(({ value }) => value)
    }
    const client = 'package net\n\n\t\tport = "53"\n\tdialer := &net.Dialer{}\n'
    expect(await portsOf(client)).toEqual([])
    // A server that connects to others, too; a field; what only has a variable.
    expect(await portsOf(`${client}\tnet.Listen("udp", address)\n`)).toEqual(["53/tcp"])
    expect(await portsOf(`${client}\tserver := &dns.Server{Addr: ":53"}\n`)).toEqual(["53/tcp"])
    expect(await portsOf('package net\n\nconst port = "9898"\n')).toEqual(["9898/tcp"])
  })

  it("without the server beside it that a main package asks", async () => {
    const flag = '\taddr = flag.String("server_addr", "localhost:8080", "gRPC server")\n'
    const portsOf = async (text: string) => {
      const source = new MemorySource({ "main.go": `package main\n${flag}${text}` })
      const read = new Map([["main.go", `package main\n${flag}${text}`]])
      const { ports } = await detectListens(source, read, { files: [], root: "" }, main, [])
      return ports.map(({ value }) => value)
    }
    expect(await portsOf("\tgrpc.DialContext(ctx, *addr)\n")).toEqual([])
    expect(await portsOf("\tgrpc.DialContext(ctx, *addr)\n\tnet.Listen(x)\n")).toEqual(["8080/tcp"])
    expect(await portsOf("")).toEqual(["8080/tcp"])
  })
})
