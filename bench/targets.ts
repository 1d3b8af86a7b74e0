import { figure, type Results } from "./samples.js"

/** What go-image is to reach, as a ratio of two medians of the same run. */
export interface Target {
  what: string
  project: string
  limit: number
  ratio: number
}

interface Rule {
  situation: string
  /** Other contestant, in the same situation. */
  of?: string
  /** Other situation, of go-image itself. */
  than?: string
  limit: number
  figure?: "seconds" | "beyondBaseBytes"
  /** So often the other one's time, and seconds more, are allowed. */
  times?: number
  plus?: number
}

const rules: Rule[] = [
  { situation: "edit-main", of: "depot", limit: 0.6 },
  { situation: "edit-main", of: "ko", limit: 0.9 },
  { situation: "edit-main", of: "go build", limit: 1, plus: 0.6 },
  { situation: "edit-main", of: "migetpacks", limit: 0.1 },
  { situation: "unchanged", of: "depot", limit: 0.9 },
  { situation: "unchanged", of: "ko", limit: 1 },
  { situation: "cold", of: "depot", limit: 0.9 },
  { situation: "cold", of: "migetpacks", limit: 0.9 },
  { situation: "edit-main", of: "depot", limit: 0.9, figure: "beyondBaseBytes" },
  { situation: "throwaway", of: "depot", limit: 0.25 },
  { situation: "throwaway", than: "cold", limit: 0.25 },
  { situation: "throwaway", than: "edit-main", limit: 1, times: 1.3, plus: 2 },
  { situation: "two-platforms", than: "one-platform", limit: 1.7 },
  { situation: "four-commands", than: "one-command", limit: 1.3 },
]

/** Those that could be measured, in every project. */
export function checkTargets({ samples }: Results): Target[] {
  const projects = [...new Set(samples.map(({ project }) => project))]
  return projects.flatMap((project) =>
    rules.flatMap((rule) => {
      const name = rule.figure ?? "seconds"
      const { situation, of = "go-image", than = situation, times = 1, plus = 0, limit } = rule
      const ours = figure(samples, name, { project, situation, contestant: "go-image" })
      const theirs = figure(samples, name, { project, situation: than, contestant: of })
      if (!ours || !theirs) return []
      const unit = name === "seconds" ? "time" : "bytes beyond the base"
      const factor = times === 1 ? "" : `${times} × `
      const other = `of ${factor}${rule.than ? than : of}${plus ? ` + ${plus} s` : ""}`
      const ratio = ours.median / (theirs.median * times + plus)
      return [{ what: `${situation}: ${unit}, ${other}`, project, limit, ratio }]
    }),
  )
}
