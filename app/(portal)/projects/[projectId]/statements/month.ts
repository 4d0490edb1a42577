import { isMonth, monthAt } from "#domain/billing/statements/months.ts";

/** The month in the URL; the current one if there is none, or none that has begun. */
export function statementMonth(search: URLSearchParams, nowMs: number): string {
  const current = monthAt(nowMs).name;
  const month = search.get("month") ?? current;
  return isMonth(month) && month <= current ? month : current;
}
