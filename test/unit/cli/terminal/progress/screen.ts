import xterm from "@xterm/headless"

/** A terminal as people have it: what is written to it is drawn, and wrapped anew where its width changes. */
export class Screen {
  readonly isTTY = true
  private readonly terminal
  private readonly listeners = new Set<() => void>()

  constructor(
    public columns: number,
    public rows: number,
  ) {
    this.terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      convertEol: true,
    })
  }

  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream
  }

  write(text: string): boolean {
    this.terminal.write(text)
    return true
  }

  on(event: string, listener: () => void): void {
    if (event === "resize") this.listeners.add(listener)
  }

  off(_: string, listener: () => void): void {
    this.listeners.delete(listener)
  }

  async resize(columns: number): Promise<void> {
    // What was written before has to be drawn first.
    await this.drawn()
    this.terminal.resize(columns, this.rows)
    this.columns = columns
    for (const listener of this.listeners) listener()
  }

  /** All lines, those that have scrolled away, too. */
  async lines(): Promise<string[]> {
    await this.drawn()
    const buffer = this.terminal.buffer.active
    const lines: string[] = []
    for (let i = 0; i < buffer.length; i++) {
      const line = buffer.getLine(i)
      const text = line?.translateToString(true) ?? ""
      if (line?.isWrapped) lines.push(`${lines.pop() ?? ""}${text}`)
      else lines.push(text)
    }
    while (lines.at(-1) === "") lines.pop()
    return lines
  }

  get cursorIsShown(): boolean {
    const { _core } = this.terminal as unknown as {
      _core: { coreService: { isCursorHidden: boolean } }
    }
    return !_core.coreService.isCursorHidden
  }

  private drawn(): Promise<void> {
    return new Promise((resolve) => {
      this.terminal.write("", resolve)
    })
  }
}
