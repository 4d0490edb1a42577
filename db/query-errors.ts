import { DrizzleQueryError } from "drizzle-orm/errors";

type Query = (sql: string, values: unknown[], run: () => Promise<unknown>) => Promise<unknown>;

/**
 * Removes the values of the query from errors of one of Drizzle's query classes, because loggers, including Next, print
 * all fields of an error.
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

/** Removes the values of the query from an error and from its causes. */
export function removeValues(error: unknown): void {
  if (error instanceof DrizzleQueryError) {
    error.params = [];
    setMessage(error, `Failed query: ${error.query}`);
  }
  for (let at: unknown = error; at instanceof Error; at = at.cause) removeDriverValues(at);
}

/** Fields of Postgres errors that quote the rejected row or value. */
const FIELDS_WITH_VALUES = ["detail", "where", "hint", "internalQuery"];

function removeDriverValues(error: Error & { code?: unknown }): void {
  for (const field of FIELDS_WITH_VALUES) if (field in error) Reflect.deleteProperty(error, field);
  // Messages of Postgres' class 22 (data exceptions) quote the value itself; other messages name only the schema.
  if (typeof error.code === "string" && /^22[0-9A-Z]{3}$/.test(error.code)) {
    setMessage(error, error.message.replace(/[:"].*/s, "").trimEnd());
  }
}

/** Replaces the message, which the stack starts with, in both places. */
function setMessage(error: Error, message: string): void {
  const { stack, message: before } = error;
  error.message = message;
  if (stack === undefined) return;
  const at = stack.indexOf(before);
  const frames = at === -1 ? stack.search(/\n {4}at /) : at + before.length;
  error.stack = `${error.name}: ${message}${frames === -1 ? "" : stack.slice(frames)}`;
}
