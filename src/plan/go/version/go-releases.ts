/**
 * Go's releases as far as they matter to a decision: the last patch of each minor that was out when this was written.
 * Later ones are used all the same, since images are asked for by floating tags; they only cannot be promised.
 */
export const lastPatches: ReadonlyMap<number, number> = new Map([
  [27, 4],
  [26, 11],
  [25, 14],
  [24, 13],
  [23, 12],
  [22, 12],
  [21, 13],
  [20, 14],
  [19, 13],
  [18, 10],
  [17, 13],
  [16, 15],
  [15, 15],
  [14, 15],
  [13, 15],
])

export const newestMinor = 27

/** `-trimpath` and checked module downloads both came with it. */
export const oldestMinor = 13

/**
 * From this minor on, the go line says which Go a module needs; before, only which language version it is written in:
 * any newer Go builds it. https://go.dev/doc/toolchain
 */
export const firstRequiringMinor = 21

/**
 * What is used where nothing says otherwise. migetpacks documents 1.25.0, which was the newest at that time: the newest is
 * meant, since an older one gets no more security releases half a year later.
 */
export const defaultMinor = newestMinor
