// What a bundler does, in short; it is told by whom, and what it could write to.
const fs = require("node:fs")
const ms = require("ms")

const isWritable = (path) => {
  try {
    fs.accessSync(path, fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}
const { title } = JSON.parse(fs.readFileSync("src/page.json", "utf8"))
const facts = [ms("2 days"), fs.readFileSync("installed.txt"), isWritable("/var/cache/packages")]
fs.mkdirSync("dist/assets", { recursive: true })
fs.writeFileSync("dist/index.html", `${title} ${facts.join(" ")}\n`)
fs.writeFileSync("dist/assets/_chunk.js", "")
