import fc from "fast-check"
import { expect, it } from "vitest"
import { parseTestTimes, printTestTimes } from "../../../../src/plan/tasks/test-times.js"

const entries = (text: string) => {
  const times = parseTestTimes(text)
  return times && Object.fromEntries(times)
}

it("reads JUnit's XML as gotestsum writes it, subtests as a part of their test", () => {
  const report = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" errors="0" time="3.210">
	<testsuite tests="5" failures="1" time="2.000000" name="example.com/app/a" timestamp="2026-11-27T20:00:00Z">
		<properties><property name="go.version" value="go1.25"></property></properties>
		<testcase classname="example.com/app/a" name="TestSlow" time="1,500.250"></testcase>
		<testcase classname='example.com/app/a' name='TestQuick' time='0.000'/>
		<testcase classname="example.com/app/a" name="TestParent/x/y &lt;z&gt;" time="0.120"></testcase>
		<testcase classname="example.com/app/a" name="TestParent" time="0.130"></testcase>
		<testcase classname="example.com/app/a" name="TestFails" time="0.010">
			<failure message="Failed" type=""><![CDATA[<testcase classname="x" name="TestNot" time="9"/>]]></failure>
		</testcase>
		<testcase classname="example.com/app/b" name="TestOnlyParts/one" time="0.25"></testcase>
		<testcase classname="example.com/app/b" name="TestOnlyParts/two" time="0.5"></testcase>
		<testcase classname="" name="TestMain" time="0.000"></testcase>
	</testsuite>
</testsuites>`
  expect(entries(report)).toEqual({
    "example.com/app/a TestSlow": 1_500_250,
    "example.com/app/a TestQuick": 0,
    "example.com/app/a TestParent": 130,
    "example.com/app/a TestFails": 10,
    "example.com/app/b TestOnlyParts": 750,
  })
})

it("reads lines of go test -json", () => {
  const lines = [
    { Action: "start", Package: "example.com/app/a" },
    { Action: "run", Package: "example.com/app/a", Test: "TestA" },
    { Action: "pass", Package: "example.com/app/a", Test: "TestA/b", Elapsed: 0.1 },
    { Action: "pass", Package: "example.com/app/a", Test: "TestA", Elapsed: 0.2 },
    { Action: "skip", Package: "example.com/app/a", Test: "TestS", Elapsed: 0 },
    { Action: "fail", Package: "example.com/app/a", Test: "TestF", Elapsed: 1 },
    { Action: "pass", Package: "example.com/app/a", Elapsed: 3 },
  ]
  const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\nnot JSON\n{"cut`
  expect(entries(text)).toEqual({ "example.com/app/a TestA": 200, "example.com/app/a TestF": 1000 })
})

it.each(["", "TAP version 14", "<html><body/></html>", "[1]"])("%j is no report", (text) => {
  expect(parseTestTimes(text)).toBeUndefined()
})

it.each([
  '\uFEFF\n <testsuites><testcase classname="a" name="TestA" time="1"/></testsuites>',
  '\n{"Action":"pass","Package":"a","Test":"TestA","Elapsed":1}',
])("what is before a report is none of it: %j", (text) => {
  expect(entries(text)).toEqual({ "a TestA": 1000 })
})

it("any text gives times that can be read again, or none", () => {
  const attribute = fc.oneof(fc.constantFrom("TestA", "a", "1.5", "-1", "1e99", "x y"), fc.string())
  const element = fc
    .tuple(attribute, attribute, attribute)
    .map(([a, b, c]) => `<testcase classname="${a}" name="${b}" time="${c}"/>`)
  fc.assert(
    fc.property(fc.array(fc.oneof(element, fc.string())), (parts) => {
      const printed = printTestTimes(parseTestTimes(`<testsuite>${parts.join("")}`)!)
      expect(printed).toMatch(/^(?:\S+ \S+ \d+\n)*$/)
    }),
  )
})
