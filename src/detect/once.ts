/**
 * Makes something of a list, or of a source, once: all targets of a repository ask the same of the same ones. The thing itself
 * is the key, not what is in it, and nobody changes it.
 */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { value: Value }>()
  return (key) => {
    let known = made.get(key)
    if (!known) made.set(key, (known = { value: make(key) }))
    return known.value
  }
}

/** The same, where a text says what else it depends on. */
export function oncePerText<Key extends object, Value>(): (
  key: Key,
  text: string,
  make: () => Value,
) => Value {
  const madeOf = oncePer<Key, Map<string, { value: Value }>>(() => new Map())
  return (key, text, make) => {
    const made = madeOf(key)
    let known = made.get(text)
    if (!known) made.set(text, (known = { value: make() }))
    return known.value
  }
}

/** For questions whether a file is there. */
export const setOf: (files: readonly string[]) => ReadonlySet<string> = oncePer(
  (files) => new Set(files),
)
