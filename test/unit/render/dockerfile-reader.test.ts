import { describe, expect, it } from "vitest"
import { readTable, titled } from "../reference/table.js"
import { readDockerfile, type Instruction } from "./dockerfile-reader.js"

interface Row {
  about: string
  text: string
  instructions?: Instruction[]
  refused?: string
}

describe("the tests' reader of Dockerfiles reads what BuildKit reads:", () => {
  it.each(titled(readTable<Row>("dockerfiles")))("%s", (_, { text, instructions }) => {
    if (instructions) expect(readDockerfile(text)).toEqual(instructions)
    else expect(() => readDockerfile(text)).toThrow()
  })
})
