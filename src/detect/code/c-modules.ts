/** A module, or a package of one, that does not work without C. */
export interface CModule {
  /** As it is imported, without a major version's `/v2`. */
  path: string
  /** Why it needs C. */
  reason: string
  /** It compiles without C, and then fails at run time. */
  compilesWithoutC?: boolean
  /** Debian's packages of a C library that does not come with it. */
  debian?: { build: string; runtime: string }
}

const own = (library: string) => `${library} comes with it as C`
const linked = (library: string) => `it links to ${library}`
const opened = (library: string) => `it opens ${library} at run time`

const bookworm = (build: string, runtime: string) => ({ debian: { build, runtime } })

/** By what is known of them: not each was tried without C. Where one works without it, --cgo off is the way. */
const cModules: readonly CModule[] = [
  { path: "github.com/mattn/go-sqlite3", reason: own("SQLite"), compilesWithoutC: true },
  { path: "gorm.io/driver/sqlite", reason: "it uses go-sqlite3", compilesWithoutC: true },
  {
    path: "github.com/jinzhu/gorm/dialects/sqlite",
    reason: "it uses go-sqlite3",
    compilesWithoutC: true,
  },
  {
    path: "github.com/golang-migrate/migrate/database/sqlite3",
    reason: "it uses go-sqlite3",
    compilesWithoutC: true,
  },
  { path: "github.com/mutecomm/go-sqlcipher", reason: own("SQLCipher") },
  { path: "github.com/tursodatabase/go-libsql", reason: own("libSQL") },
  { path: "github.com/marcboeker/go-duckdb", reason: own("DuckDB") },
  { path: "github.com/duckdb/duckdb-go", reason: own("DuckDB") },
  { path: "github.com/confluentinc/confluent-kafka-go", reason: own("librdkafka") },
  { path: "gopkg.in/confluentinc/confluent-kafka-go", reason: own("librdkafka") },
  { path: "github.com/DataDog/zstd", reason: own("zstd") },
  { path: "github.com/valyala/gozstd", reason: own("zstd") },
  { path: "layeh.com/gopus", reason: own("Opus") },
  { path: "github.com/layeh/gopus", reason: own("Opus") },
  {
    path: "gopkg.in/hraban/opus",
    reason: linked("Opus"),
    ...bookworm("libopusfile-dev", "libopusfile0"),
  },
  {
    path: "github.com/libgit2/git2go",
    reason: linked("libgit2"),
    ...bookworm("libgit2-dev", "libgit2-1.5"),
  },
  {
    path: "github.com/h2non/bimg",
    reason: linked("libvips"),
    ...bookworm("libvips-dev", "libvips42"),
  },
  {
    path: "github.com/davidbyttow/govips",
    reason: linked("libvips"),
    ...bookworm("libvips-dev", "libvips42"),
  },
  {
    path: "gopkg.in/gographics/imagick",
    reason: linked("ImageMagick"),
    ...bookworm("libmagickwand-dev", "libmagickwand-6.q16-6"),
  },
  {
    path: "github.com/otiai10/gosseract",
    reason: linked("Tesseract"),
    ...bookworm("libtesseract-dev", "libtesseract5"),
  },
  {
    path: "github.com/google/gopacket/pcap",
    reason: linked("libpcap"),
    ...bookworm("libpcap-dev", "libpcap0.8"),
  },
  {
    path: "github.com/gopacket/gopacket/pcap",
    reason: linked("libpcap"),
    ...bookworm("libpcap-dev", "libpcap0.8"),
  },
  {
    path: "github.com/pebbe/zmq4",
    reason: linked("ZeroMQ"),
    ...bookworm("libzmq3-dev", "libzmq5"),
  },
  {
    path: "github.com/tecbot/gorocksdb",
    reason: linked("RocksDB"),
    ...bookworm("librocksdb-dev", "librocksdb7.8"),
  },
  {
    path: "github.com/linxGNU/grocksdb",
    reason: linked("RocksDB"),
    ...bookworm("librocksdb-dev", "librocksdb7.8"),
  },
  {
    path: "github.com/seccomp/libseccomp-golang",
    reason: linked("libseccomp"),
    ...bookworm("libseccomp-dev", "libseccomp2"),
  },
  {
    path: "github.com/hillu/go-yara",
    reason: linked("YARA"),
    ...bookworm("libyara-dev", "libyara9"),
  },
  {
    path: "github.com/ceph/go-ceph/rados",
    reason: linked("librados"),
    ...bookworm("librados-dev", "librados2"),
  },
  {
    path: "github.com/flier/gohs",
    reason: linked("Hyperscan"),
    ...bookworm("libhyperscan-dev", "libhyperscan5"),
  },
  {
    path: "github.com/kolesa-team/go-webp",
    reason: linked("libwebp"),
    ...bookworm("libwebp-dev", "libwebp7"),
  },
  { path: "gocv.io/x/gocv", reason: linked("OpenCV") },
  { path: "github.com/godror/godror", reason: opened("Oracle's client") },
  { path: "github.com/yalue/onnxruntime_go", reason: opened("ONNX Runtime") },
  { path: "github.com/miekg/pkcs11", reason: opened("a PKCS #11 module") },
  { path: "github.com/NVIDIA/go-nvml/pkg/nvml", reason: opened("NVIDIA's driver") },
  { path: "github.com/chai2010/webp", reason: own("libwebp") },
  { path: "github.com/wasmerio/wasmer-go", reason: own("Wasmer") },
  { path: "github.com/bytecodealliance/wasmtime-go", reason: own("Wasmtime") },
  { path: "rogchap.com/v8go", reason: own("V8") },
  { path: "github.com/smacker/go-tree-sitter", reason: own("Tree-sitter") },
  { path: "github.com/tree-sitter/go-tree-sitter", reason: own("Tree-sitter") },
  { path: "github.com/supranational/blst/bindings/go", reason: own("BLST") },
]

const byPath = new Map(cModules.map((each) => [each.path, each]))

/** The known module that an import is of: by any of its major versions, or of what is in it. */
export function cModuleOf(importPath: string): CModule | undefined {
  const path = importPath.replace(/(?:\/v\d+|\.v\d+)(?=\/|$)/, "")
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    const found = byPath.get(path.slice(0, end))
    if (found) return found
  }
  return undefined
}
