/** p2 comes before p10. */
const order = new Intl.Collator("en", { numeric: true })

export const naturally = (a: string, b: string): number => order.compare(a, b) || (a < b ? -1 : 1)
