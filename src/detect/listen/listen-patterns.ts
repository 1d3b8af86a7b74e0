/** Of most lines, this tells: each of the expressions below takes time to be made when it is first used. */
export const mayHavePort = /:\d|\d\d/

/** Hosts that are this machine: at another one, something else listens. */
export const host = String.raw`(?<host>0\.0\.0\.0|\[::\]|\*|localhost|127\.0\.0\.1|\[::1\])?`

const address = String.raw`["\x60]${host}:(?<port>\d{1,5})["\x60]`

export const number = String.raw`["\x60]?(?<port>\d{2,5})["\x60]?`

/** A flag's or a setting's name, behind it a letter that may stand for it. */
const named = String.raw`["\x60](?<name>[\w.-]+)["\x60],\s*(?:["\x60]\w?["\x60],\s*)?`

const define = String.raw`\.(?:String|Int|Uint|Uint16|SetDefault)(?:Var)?P?\((?:&[\w.]+,\s*)?${named}`

const declare = String.raw`^\s*(?:const\s+|var\s+)?(?<name>\w+)(?:\s+(?:string|int))?\s*:?=\s*`

/** `getEnv("HTTP_ADDR", ":80")`: a variable's value, or else this. */
const orElse = String.raw`(?:[\w.]+\(\s*"\w+",\s*)?`

/** What a port to listen on is called, and a database's is not. */
const server =
  "(?:https?|web|server|listen|bind|api|app|service|grpc|default|metrics|telemetry|admin|debug)"

const addressNames = new RegExp(
  `^(?:${server}[-_.]?)*(?:addr|address|listen|bind|endpoint|port|hostport)$|^${server}$|^[ap]$`,
  "i",
)

const listenNames = /(?:listen|bind)\w*(?:ur[il]s?|addr(?:ess)?(?:es)?)$/i

const portNames = new RegExp(`^(?:${server}[-_.]?)*port$|^p$`, "i")

/** What something is called `port` for that asks a server of mail or directories, a database, a queue. */
export const ofClients = new Set([
  25, 389, 465, 587, 636, 1433, 1521, 2181, 3306, 5432, 5672, 6379, 9042, 9092, 11211, 27017,
])

/** Where defaults of settings are. */
const settingsFiles =
  /(?:^|[/_-])(?:config(?:uration)?s?|conf|defaults?|settings?|options?)(?:[_-]\w+)?(?:\/|\.go$)/i

interface PortPattern {
  pattern: string
  names?: RegExp
  /** The default of a flag or a setting. */
  isDefault?: true
  files?: RegExp
}

const declared: readonly PortPattern[] = [
  {
    // http.ListenAndServe(":80", nil), net.Listen("tcp", ":80"), r.Run(":80"), e.Start(":80"), app.Listen(":80")
    pattern: String.raw`\b(?:ListenAndServe(?:TLS)?|Listen(?:TLS|Packet)?|Run(?:TLS)?|Start(?:TLS|Server)?)\(\s*(?:[\w.]+(?:\(\))?,\s*)?(?:["\x60](?<protocol>tcp|udp)[46]?["\x60],\s*)?${orElse}${address}`,
  },
  // http.Server{Addr: ":80"}, http.Server{Addr: env("ADDR", ":80")}
  { pattern: String.raw`\bAddr(?:ess)?:\s*${orElse}${address}` },
  // web.AddFlags(kingpin.CommandLine, ":80"): github.com/prometheus/exporter-toolkit
  { pattern: String.raw`\bAddFlags\(\s*[\w.]+,\s*${address}` },
  // flag.String("addr", ":80", ""), flags.StringVarP(&addr, "addr", "a", ":80", ""), viper.SetDefault("server.addr", ":80")
  { pattern: define + orElse + address, names: addressNames, isDefault: true },
  { pattern: String.raw`${define}${orElse}${number}\s*[,)]`, names: portNames, isDefault: true },
  // Port int `env:"HTTP_PORT" envDefault:"80"`
  {
    pattern: String.raw`^\s*(?<name>\w+)\s+\w+\s+\x60[^\x60]*[dD]efault:"(?<port>\d{2,5})"`,
    names: portNames,
  },
  {
    pattern: String.raw`^\s*(?<name>\w+)\s+\w+\s+\x60[^\x60]*[dD]efault:${address}`,
    names: addressNames,
  },
  // addr := ":80", const port = "80", var listenAddr = ":80"
  { pattern: String.raw`${declare}${orElse}${address}\)?\s*(?:$|//)`, names: addressNames },
  { pattern: String.raw`${declare}${orElse}${number}\)?\s*(?:$|//)`, names: portNames },
  // DefaultListenURLs = "http://localhost:80"
  {
    pattern: String.raw`${declare}["\x60](?:https?|tcp)://${host}:(?<port>\d{1,5})/?["\x60]`,
    names: listenNames,
  },
  // Config{Port: 80}
  {
    pattern: String.raw`^\s*(?<name>\w+):\s+(?<port>\d{2,5}),`,
    names: portNames,
    files: settingsFiles,
  },
]

export const patterns = declared.map(({ pattern, ...rest }) => ({
  pattern: new RegExp(pattern, "u"),
  ...rest,
}))

/** `os.Getenv("PORT")`, and structs that a library fills: `env:"PORT"`. */
export const variable = /["`]PORT["`]|\benv(?:config)?:"PORT[",]/

/** Of the standard library; a test's server is none. */
export const opening = /\b(?:(?:http|srv|server|s)\.(?:ListenAndServe(?:TLS)?)|net\.Listen)\(/

/** A flag's help says that something else listens there: "Address of API server to report to". */
export const ofAnother =
  /\b(?:connect|report|send|post|push|dial|talk|forward)(?:s|ing)? (?:\w+ )?to\b|\b(?:remote|upstream)\b/i

/** It connects to a server. */
export const dials = /Dial(?:er|Context|Timeout|TLS)?[({]/

/** A variable or constant gets a value; no call, no field of a setting. */
export const assigned = /^\s*(?:(?:const|var)\s+)?\w+(?:\s+(?:string|int))?\s*:?=\s*["`\d]/

/** Lines that may be one of these, or that connect, as both engines of regular expressions read it. */
export const candidate =
  '["\\x60](?:[a-z]+://)?(?:0\\.0\\.0\\.0|\\[::1?\\]|\\*|localhost|127\\.0\\.0\\.1)?:[0-9]{1,5}/?["\\x60]|[Pp]ort: +[0-9]{2,5},|["\\x60:]"?PORT["\\x60,]|[Pp]ort(?:["\\x60]|\\s|,)[^:]*\\b[0-9]{2,5}\\b|efault:"[^"]*[0-9]{2,5}"|\\bListen(?:AndServe(?:TLS)?)?\\(|Dial(?:er|Context|Timeout|TLS)?[({]'
