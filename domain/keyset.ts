import { and, eq, gt, gte, lt, lte, or, type SQL, type SQLWrapper } from "drizzle-orm";

/**
 * Matches rows after a position in a list sorted by a value and by id among equals. The condition on the value alone
 * is redundant, but lets databases find the position in an index however far back it is.
 */
export function afterRow(
  [value, id]: [value: SQLWrapper, id: SQLWrapper],
  [lastValue, lastId]: readonly [number, string],
  descending = false,
): SQL | undefined {
  const [beyond, from] = descending ? [lt, lte] : [gt, gte];
  return and(
    from(value as SQL, lastValue),
    or(beyond(value as SQL, lastValue), and(eq(value as SQL, lastValue), beyond(id as SQL, lastId))),
  );
}
