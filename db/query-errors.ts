import { DrizzleQueryError } from "drizzle-orm/errors";

type Query = (sql: string, values: unknown[], run: () => Promise<unknown>) => Promise<unknown>;

/**
 * Makes the failing queries of one of Drizzle's classes throw errors without the values of the query. Whoever
 * prints such an error, Next included, prints all that hangs on it.
 */
export function hideValuesOf(preparedQuery: { prototype: object }): void {
  const prototype = preparedQuery.prototype as { queryWithCache: Query };
  const original = prototype.queryWithCache;
  prototype.queryWithCache = async function (...call) {
    try {
      return await original.apply(this, call);
    } catch (error) {
      removeValues(error);
      throw error;
    }
  };
}

/** Removes a query's values from the error that it failed with, and from the driver's below it. */
export function removeValues(error: unknown): void {
  if (error instanceof DrizzleQueryError) {
    error.params = [];
    setMessage(error, `Failed query: ${error.query}`);
  }
  for (let at: unknown = error; at instanceof Error; at = at.cause) removeDriverValues(at);
}

/** Fields of Postgres' errors that quote the row or the value that was refused. */
const FIELDS_WITH_VALUES = ["detail", "where", "hint", "internalQuery"];

function removeDriverValues(error: Error & { code?: unknown }): void {
  for (const field of FIELDS_WITH_VALUES) if (field in error) Reflect.deleteProperty(error, field);
  // Messages of Postgres' class 22 (data exceptions) quote the value itself; other messages name only the schema.
  if (typeof error.code === "string" && /^22[0-9A-Z]{3}$/.test(error.code)) {
    setMessage(error, error.message.replace(/[:"].*/s, "").trimEnd());
  }
}

/** A stack begins with the message as it was. */
function setMessage(error: Error, message: string): void {
  const { stack, message: before } = error;
  error.message = message;
  if (stack === undefined) return;
  const at = stack.indexOf(before);
  const frames = at === -1 ? stack.search(/\n {4}at /) : at + before.length;
  error.stack = `${error.name}: ${message}${frames === -1 ? "" : stack.slice(frames)}`;
}
