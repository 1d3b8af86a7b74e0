/** The lines of ko's or goreleaser's YAML file, to say where something stands. */
export class ConfigLines {
  private readonly builds: number[] = []

  constructor(private readonly lines: readonly string[]) {
    const start = lines.findIndex((line) => /^builds\s*:/.test(line))
    let indentation: string | undefined
    for (const [index, line] of start < 0 ? [] : [...lines.entries()].slice(start + 1)) {
      const item = /^(\s*)-(?:\s|$)/.exec(line)
      if (item) {
        indentation ??= item[1]
        if (item[1] === indentation) this.builds.push(index + 1)
      } else if (/^[^\s#]/.test(line)) break
    }
  }

  ofBuild(index: number): number {
    return this.builds[index] ?? this.of("builds")
  }

  /** The first `-X` of a build, else the build. */
  ofLinker(index = 0): number {
    const start = this.ofBuild(index)
    return this.linkerLine(start, this.builds[index + 1]) ?? start
  }

  /** The first `-X` of what holds for all builds. */
  ofDefault(key: string, otherwise: number): number {
    const start = this.lines.findIndex((line) => line.startsWith(key))
    return (start < 0 ? undefined : this.linkerLine(start + 1)) ?? otherwise
  }

  /** The first from one line on that has a `-X`, and before the other. */
  private linkerLine(start: number, end = this.lines.length + 1): number | undefined {
    const at = this.lines.slice(start - 1, end - 1).findIndex((line) => /-X[ =]/.test(line))
    return at < 0 ? undefined : start + at
  }

  of(word: string): number {
    return (
      Math.max(
        this.lines.findIndex((line) =>
          line
            .trimStart()
            .replace(/^["'-]\s*/, "")
            .startsWith(word),
        ),
        0,
      ) + 1
    )
  }
}
