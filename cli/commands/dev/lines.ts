import { StringDecoder } from "node:string_decoder"

export type StreamName = "stdout" | "stderr"

/** A line that is not finished is shown after so many milliseconds: a prompt, say. */
const timeout = 200

/** What a program prints, line by line, each after its name: so it is told apart from ours, and from other programs'. */
export class Lines {
  private readonly decoders = {
    stdout: new StringDecoder("utf8"),
    stderr: new StringDecoder("utf8"),
  }
  private readonly rest = { stdout: "", stderr: "" }
  private timer: NodeJS.Timeout | undefined

  /** @param write Is given whole lines. */
  constructor(
    private readonly prefix: string,
    private readonly write: (text: string, stream: StreamName) => void,
  ) {}

  add(chunk: Buffer, stream: StreamName): void {
    const lines = (this.rest[stream] + this.decoders[stream].write(chunk)).split(/\r?\n/)
    this.rest[stream] = lines.pop() ?? ""
    if (lines.length > 0) {
      this.write(lines.map((line) => `${this.prefix}${line}\n`).join(""), stream)
    }
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.flush()
    }, timeout)
    this.timer.unref()
  }

  /** Also what has no end of a line. */
  flush(): void {
    clearTimeout(this.timer)
    for (const stream of ["stdout", "stderr"] as const) {
      if (this.rest[stream]) this.write(`${this.prefix}${this.rest[stream]}\n`, stream)
      this.rest[stream] = ""
    }
  }
}
