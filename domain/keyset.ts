import { and, eq, gt, gte, lt, lte, or, type SQL, type SQLWrapper } from "drizzle-orm";

/**
 * What comes behind a place in a list that is sorted by a value and, among equals, by id. The bound on the value
 * alone says nothing new, but databases find the place in an index by it, however far back it is.
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
