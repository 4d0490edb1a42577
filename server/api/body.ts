import { duplicateNames, isWithin, markRepeated } from "#core/duplicate-names.ts";
import { INEXACT_MESSAGE, InexactNumber, parseExactly } from "#core/exact-number.ts";
import { formatBytes } from "#core/format.ts";
import { sanitize } from "#core/sanitize.ts";
import { MAX_LISTED_ERRORS, shownName } from "#core/schema-errors.ts";
import { toObject } from "#domain/catalog/apis/read-json.ts";
import { readDocumentBody } from "#domain/catalog/apis/read-openapi.ts";
import { HttpError } from "../problem.ts";

/** Reads the body. Throws 413 as soon as it has more than `maxBodyBytes`. */
export async function readBody(request: Request, maxBodyBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new HttpError(413, `The body is larger than ${formatBytes(maxBodyBytes)}.`);
  const declared = request.headers.get("content-length");
  if (Number(declared ?? 0) > maxBodyBytes) throw tooLarge();
  if (!request.body) return new Uint8Array();
  // HTTP framing limits a body to its declared length, so it can be read at once.
  if (declared !== null) return Buffer.from(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** More than any valid body has. A body with an OpenAPI document is checked again, with its own message. */
const STRUCTURE = { maxDepth: 256, maxTotal: 100_000 };

/** Parses a body as a JSON object; an empty body is an empty object. Throws 415 and 400. */
export function parseJsonObject(bytes: Uint8Array, headers: Pick<Headers, "get">): Record<string, unknown> {
  if (bytes.byteLength === 0) return {};
  requireJson(headers);
  const text = textOf(bytes);
  // Before it is parsed: a body of brackets would occupy the portal for seconds.
  if (!isWithin(text ?? "", STRUCTURE)) {
    throw new HttpError(400, "The body is nested too deeply, or has too many lists and objects.");
  }
  const object = toObject(parseJson(text));
  if (object === null) throw notAnObject();
  if (hasFreeNames(object)) rejectDuplicates(text);
  if (typeof object.metadata === "object") rejectInexact(text);
  if (!Array.isArray(object.keys)) return object;
  // Rows of an import: what is wrong with one must not reject the others.
  const rows = object.keys.some(hasNumberInMetadata) ? (parseExactly(text ?? "") as typeof object) : object;
  markRepeated(
    rows,
    duplicateNames(text ?? "", Number.POSITIVE_INFINITY).filter(([field]) => field === "keys"),
  );
  return rows;
}

/** Whether the caller chooses names in it: of metadata, or of operations whose units a plan or an override sets. */
function hasFreeNames(object: Record<string, unknown>): boolean {
  const named = [object.metadata, object.unitsPerOperation, toObject(object.terms)?.unitsPerOperation];
  return named.some((value) => typeof value === "object");
}

/** Whether a row of an import may have a number that would change. Its schema then rejects it, not the other rows. */
function hasNumberInMetadata(row: unknown): boolean {
  const metadata = toObject(row)?.metadata;
  return Object.values(toObject(metadata) ?? {}).some((value) => typeof value === "number");
}

/** Larger bodies with an OpenAPI document are parsed in a worker thread, so that the event loop stays free. */
const MAX_DIRECT_BYTES = 256 * 1_024;

/** Like `parseJsonObject`, for bodies with an OpenAPI document. In a large body, the document is returned as text. */
export async function parseDocumentBody(
  bytes: Uint8Array,
  headers: Pick<Headers, "get">,
): Promise<Record<string, unknown>> {
  if (bytes.byteLength <= MAX_DIRECT_BYTES) return parseJsonObject(bytes, headers);
  requireJson(headers);
  const body = await readDocumentBody(bytes);
  if (body === null) throw notAnObject();
  return { ...body.fields, ...(body.openapi !== undefined && { openapi: body.openapi }) };
}

function notAnObject(): HttpError {
  return new HttpError(400, "The body must be a JSON object.", {
    errors: [{ path: "", message: "must be a JSON object" }],
  });
}

function requireJson(headers: Pick<Headers, "get">): void {
  const contentEncoding = headers.get("content-encoding");
  if (contentEncoding && !/^identity$/i.test(contentEncoding)) {
    const coding = sanitize(contentEncoding, 40);
    throw new HttpError(415, `Send the body without Content-Encoding: “${coding}” is not decoded here.`, {
      headers: { "Accept-Encoding": "identity" },
    });
  }
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(headers.get("content-type") ?? "")) {
    throw new HttpError(415, "Send the body as application/json.", {
      headers: { Accept: "application/json" },
    });
  }
}

/** Null if the bytes are not UTF-8. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    // The parser's message would quote the body, which may contain a secret.
    throw new HttpError(400, "The body is not valid JSON in UTF-8.", {
      errors: [{ path: "", message: "is not valid JSON in UTF-8" }],
    });
  }
}

/** Throws 400 for a duplicate name: only the last value would be kept. */
function rejectDuplicates(text: string | null): void {
  const errors = duplicateNames(text ?? "").map((path) => ({
    path: path.map(shownName).join("."),
    message: "is given more than once",
  }));
  const [first] = errors;
  if (first) throw new HttpError(400, `${first.path}: ${first.message}`, { errors });
}

/** Throws 400 for numbers in metadata that would change, such as 20 digits or `1e400`. */
function rejectInexact(text: string | null): void {
  const { metadata } = parseExactly(text ?? "") as { metadata: Record<string, unknown> };
  const errors = Object.entries(metadata ?? {})
    .filter(([, value]) => value instanceof InexactNumber)
    .map(([name]) => ({
      path: `metadata.${shownName(name)}`,
      message: INEXACT_MESSAGE,
    }));
  const [first] = errors;
  if (first)
    throw new HttpError(400, `${first.path}: ${first.message}`, {
      errors: errors.slice(0, MAX_LISTED_ERRORS),
    });
}
