/** The error codes of `error` and its causes, because Drizzle wraps the errors of drivers. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ("code" in at && typeof at.code === "string") codes.push(at.code);
    if ("extendedCode" in at && typeof at.extendedCode === "string") codes.push(at.extendedCode);
  }
  return codes;
}

/** Another connection holds SQLite's write lock: try again shortly. */
export function isBusy(error: unknown): boolean {
  return codesOf(error).some((code) => code.startsWith("SQLITE_BUSY"));
}

/** A lock was not free within Postgres' `lock_timeout`. */
export function isLockTimeout(error: unknown): boolean {
  return codesOf(error).includes("55P03");
}

/** A reference to a missing row, or the deletion of a row with references. */
export function isForeignKeyViolation(error: unknown): boolean {
  return codesOf(error).some((code) => code === "23503" || code === "SQLITE_CONSTRAINT_FOREIGNKEY");
}

/** A row with this unique value exists. */
export function isUniqueViolation(error: unknown): boolean {
  return codesOf(error).some(
    (code) =>
      code === "23505" || code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY",
  );
}

/** Codes of failed connections: Node's, and Postgres' classes 08 (connection) and 57P (shutdown, startup). */
const UNAVAILABLE_CODES =
  /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|53300|08\w{3}|57P0[1-5])$/;
/** Errors of the Postgres driver that have no code. */
const UNAVAILABLE_MESSAGES =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired)/;

/** The database can't be reached: the same call can succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (codesOf(error).some((code) => UNAVAILABLE_CODES.test(code))) return true;
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if (UNAVAILABLE_MESSAGES.test(at.message)) return true;
  return false;
}
