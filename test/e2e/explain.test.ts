import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { chromium, type Browser, type Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { installPackages } from "../../cli/system/apt.js"
import { root, script } from "./command.js"

/** The page that a build writes, in a browser. */

const browserPath = "/usr/bin/chromium"
const folder = mkdtempSync(join(tmpdir(), "go-image-e2e-"))
const file = join(folder, "new", "explain.html")
let browser: Browser

beforeAll(async () => {
  const { code, stderr } = await script(
    ["examples/ledger", "-o", join(folder, "ledger.tar"), "--explain", file],
    { cwd: root },
  )
  expect(code, stderr).toBe(0)
  if (!existsSync(browserPath)) await installPackages(["chromium"], { say: () => undefined })
  browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"],
  })
})

afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

const screens = [
  { name: "a desk", width: 1280, height: 900 },
  { name: "a phone", width: 390, height: 844 },
].flatMap((screen) =>
  (["light", "dark"] as const).map((colorScheme) => ({ ...screen, colorScheme })),
)

const allDetails = (open: "true" | "false") =>
  `for (const each of document.querySelectorAll("details")) each.open = ${open}`

describe.each(screens)("on $name, $colorScheme", ({ width, height, colorScheme }) => {
  let page: Page
  const complaints: string[] = []

  beforeAll(async () => {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme })
    page = await context.newPage()
    page.on("console", (message) => complaints.push(message.text()))
    page.on("pageerror", (error) => complaints.push(error.message))
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) complaints.push(request.url())
    })
    await page.goto(pathToFileURL(file).href)
  })

  it("is not wider than the screen, and has its theme", async () => {
    const ask = (expression: string) => page.evaluate<unknown>(expression)
    expect(await ask("document.documentElement.scrollWidth - window.innerWidth")).toBe(0)
    const back = await ask("getComputedStyle(document.body).backgroundColor")
    expect(back).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(13, 17, 23)")
  })

  it("has nothing that axe finds", async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
    // Past the page's own rule that nothing runs in it.
    await page.evaluate(allDetails("true"))
    const found = await page.evaluate(`${axe}; axe.run().then((result) => result.violations)`)
    await page.evaluate(allDetails("false"))
    const violations = found as { id: string; nodes: { html: string }[] }[]
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  })

  it("has all columns of its tables on the screen, and its labels in their tiles", async () => {
    await page.evaluate(allDetails("true"))
    const wide = `[...document.querySelectorAll(".scroll:has(table)")].filter(
      (each) => each.scrollWidth > each.clientWidth || each.clientWidth === 0).length`
    expect(await page.evaluate(wide)).toBe(0)
    const over = `[...document.querySelectorAll("#program-1 svg svg text")].filter(
      (each) => each.getBBox().x + each.getBBox().width > Number(each.parentNode.getAttribute("width")))
      .map((each) => each.textContent)`
    expect(await page.evaluate(over)).toEqual([])
    expect(await page.locator("#program-1 svg svg text").count()).toBeGreaterThan(20)
    await page.evaluate(allDetails("false"))
  })

  it("has one picture of the stages and one of the program, as wide as the screen at most", async () => {
    const pictures = await page.evaluate(`[...document.querySelectorAll("section > svg")]
      .filter((each) => each.getClientRects().length > 0)
      .map((each) => [each.closest("section").id, each.getAttribute("class"),
        each.getBoundingClientRect().right <= window.innerWidth])`)
    const shape = width > 768 ? "wide" : "narrow"
    expect(pictures).toEqual([
      ["stages", shape, true],
      ["program-1", shape, true],
    ])
  })

  it("is used by the keyboard alone", async () => {
    const steps = page.locator("details").first()
    expect(await steps.getAttribute("open")).toBeNull()
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab")
      if (await page.evaluate("document.activeElement.tagName === 'SUMMARY'")) break
    }
    await page.keyboard.press("Enter")
    expect(await steps.getAttribute("open")).toBe("")
  })

  it("complains of nothing, and loads nothing", () => {
    expect(complaints).toEqual([])
  })
})

it("shows what was measured: layers, the program's packages, its files, the time of each step", async () => {
  const page = await browser.newPage()
  await page.goto(pathToFileURL(file).href)
  const text = (id: string) => page.locator(`section#${id}`).innerText()
  expect(await text("layers")).toMatch(/MB compressed/)
  expect(await page.locator("#program-1 svg title").allTextContents()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^github\.com\/jackc\/pgx\/v5: [\d.]+ MB$/)]),
  )
  expect(await text("files")).toContain("/app/ledger")
  expect(await text("files")).not.toContain("/usr/bin")
  expect(await text("time")).toMatch(/build: go build \.\t/)
  expect(await text("decisions")).toMatch(/Go version\s+1\.25\s+go\.mod:3\s+--go-version/)
})

it("says the same of the base as text, as JSON and as the build's last lines do", async () => {
  const [archive, text, json] = ["os.tar", "os.txt", "os.json"].map((name) => join(folder, name))
  const { code, stderr } = await script(
    ["examples/hello-web", "-o", archive!, "--explain", text!, "--os-packages", "netbase"],
    { cwd: root },
  )
  expect(code, stderr).toBe(0)
  const [, base = ""] =
    /compressed: debian:bookworm-slim ([\d.]+ MB) \+ packages/.exec(stderr) ?? []
  const told = readFileSync(text!, "utf8")
  const layers = /\nLayers, [^]*?\n\n/.exec(told)?.[0].trim().split("\n").slice(1) ?? []
  expect(layers.map((line) => line.replace(/^.* unpacked {2}/, ""))).toEqual([
    ...["base", "packages of the operating system", "certificates, time zones, user"],
    ...["WORKDIR /app", "programs"],
  ])
  expect(layers[0]).toContain(base)
  expect(told).toMatch(/\nTime of each step:\n[^]* build: go build \.\n/)
  expect(told).toMatch(/\nMachine code of \/app\/hello-web [^]* Go's standard library\n/)
  expect(told).toMatch(/ \/app\/hello-web\n/)
  const asked = ["explain", "examples/hello-web", "--image", archive!, "-o", json!]
  expect((await script(asked, { cwd: root })).code).toBe(0)
  const account = JSON.parse(readFileSync(json!, "utf8")) as { image: { layers: { of: string }[] } }
  expect(account.image.layers.map((each) => each.of)).toEqual([
    ...["base", "OS packages", "own", "own", "own"],
  ])
})

it("is small, and names no folder of the machine", () => {
  expect(statSync(file).size).toBeLessThan(300_000)
  expect(readFileSync(file, "utf8")).not.toContain(folder)
})
