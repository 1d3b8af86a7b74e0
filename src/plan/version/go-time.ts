const months =
  "January February March April May June July August September October November December".split(" ")
const days = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ")

/** Of Go's layouts, the longer ones first. https://pkg.go.dev/time#Layout */
const layoutPart =
  /January|Jan|Monday|Mon|MST|2006|Z07:00|Z0700|-07:00|-0700|-07|002|01|02|03|04|05|06|15|PM|pm|_2|1|2|3|4|5/g

/**
 * As Go formats it, in UTC: `20060102-150405`.
 *
 * @param time RFC 3339.
 */
export function formatTime(time: string, layout: string): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, "0")
  const month = date.getUTCMonth()
  const day = date.getUTCDate()
  const hour = date.getUTCHours()
  const half = hour % 12 || 12
  const ofYear =
    Math.floor(
      (Date.UTC(date.getUTCFullYear(), month, day) - Date.UTC(date.getUTCFullYear(), 0, 1)) /
        86_400_000,
    ) + 1
  const parts: Readonly<Record<string, string>> = {
    January: months[month] ?? "",
    Jan: (months[month] ?? "").slice(0, 3),
    Monday: days[date.getUTCDay()] ?? "",
    Mon: (days[date.getUTCDay()] ?? "").slice(0, 3),
    MST: "UTC",
    "2006": String(date.getUTCFullYear()),
    "06": two(date.getUTCFullYear() % 100),
    "01": two(month + 1),
    "1": String(month + 1),
    "02": two(day),
    _2: String(day).padStart(2, " "),
    "2": String(day),
    "002": String(ofYear).padStart(3, "0"),
    "15": two(hour),
    "03": two(half),
    "3": String(half),
    "04": two(date.getUTCMinutes()),
    "4": String(date.getUTCMinutes()),
    "05": two(date.getUTCSeconds()),
    "5": String(date.getUTCSeconds()),
    PM: hour < 12 ? "AM" : "PM",
    pm: hour < 12 ? "am" : "pm",
    "Z07:00": "Z",
    Z0700: "Z",
    "-07:00": "+00:00",
    "-0700": "+0000",
    "-07": "+00",
  }
  return layout.replace(layoutPart, (part) => parts[part] ?? part)
}
