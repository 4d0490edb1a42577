import { toObject } from "../apis/read-json.ts";

/**
 * When an operation stops to work: the `x-sunset` of the Operation Object, or the example of the `Sunset` header
 * (RFC 8594) of one of its responses. ISO 8601; null if the document says no such date.
 */
export function sunsetOf(operation: Record<string, unknown>): string | null {
  const stated = dateOf(operation["x-sunset"]);
  if (stated !== null) return stated;
  for (const response of Object.values(toObject(operation.responses) ?? {}).slice(0, 60)) {
    const headers = Object.entries(toObject(toObject(response)?.headers) ?? {}).slice(0, 60);
    const sunset = toObject(headers.find(([name]) => name.toLowerCase() === "sunset")?.[1]);
    const date = dateOf(sunset?.example ?? toObject(sunset?.schema)?.example);
    if (date !== null) return date;
  }
  return null;
}

/** A date or date-time of ISO 8601, or an HTTP date, in years that dates of documents have. */
function dateOf(value: unknown): string | null {
  if (typeof value !== "string" || !/^(\d{4}-\d\d-\d\d|[A-Z][a-z]{2}, )/.test(value)) return null;
  const time = Date.parse(value.slice(0, 60));
  if (Number.isNaN(time) || time < 0 || time > Date.UTC(2200, 0)) return null;
  return new Date(time).toISOString();
}
