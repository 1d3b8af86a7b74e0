import { readYaml } from "../detect/project/yaml.js"
import { object } from "../settings/descriptor/toml.js"

/** An image of a Compose file, and where it stands. */
export interface ComposeImage {
  value: string
  from: string
}

export async function composeImages(
  text: string,
  file: string,
): Promise<{ images: ComposeImage[]; note?: string }> {
  const read = await readYaml(text)
  if (!("value" in read)) {
    return { images: [], note: `${file}:${read.line}: not YAML (${read.reason}), skipped` }
  }
  const lines = text.split(/\r?\n/)
  const services = Object.values(object(object(read.value)["services"]))
  const images = services.flatMap((service) => {
    const { image } = object(service)
    if (typeof image !== "string") return []
    const value = withDefaults(image)
    if (!/^[\w./-]+:[\w.-]+$/.test(value)) return []
    return [{ value, from: `${file}:${lines.findIndex((line) => line.includes(image)) + 1}` }]
  })
  return { images }
}

/** `postgres:${POSTGRES_VERSION:-16}` is postgres:16 where nobody sets the variable. */
function withDefaults(image: string): string {
  return image.replace(/\$\{\w+:?-([^{}]*)\}/g, "$1")
}
