import { duplicateNames } from "#core/duplicate-names.ts";
import { InexactNumber, parseExactly } from "#core/exact-number.ts";
import { sanitize } from "#core/sanitize.ts";
import { toObject } from "#domain/catalog/apis/read-json.ts";
import { readDocumentBody } from "#domain/catalog/apis/read-openapi.ts";
import { HttpError } from "../problem.ts";

/** The body's bytes, at most `capBytes` of them. Throws 413 for more, without reading on. */
export async function readBody(request: Request, capBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new HttpError(413, `The body is larger than ${capBytes} bytes.`);
  const declared = request.headers.get("content-length");
  if (Number(declared ?? 0) > capBytes) throw tooLarge();
  if (!request.body) return new Uint8Array();
  // HTTP's own framing holds a body to its declared length: it can be taken in one go.
  if (declared !== null) return Buffer.from(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    // Throwing ends the loop, which cancels the stream.
    if (bytes > capBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON object in a body; an empty body is an empty object. Throws 415 and 400. */
export function parseJsonObject(bytes: Uint8Array, headers: Pick<Headers, "get">): Record<string, unknown> {
  if (bytes.byteLength === 0) return {};
  requireJson(headers);
  const text = textOf(bytes);
  const object = toObject(parseJson(text));
  if (object === null) throw notAnObject();
  if (typeof object.metadata === "object") {
    refuseDuplicates(text);
    refuseInexact(text);
  }
  return object;
}

/** A larger body that may carry an OpenAPI document is parsed in a worker thread, so that others are served meanwhile. */
const MAX_DIRECT_BYTES = 256 * 1_024;

/** Like `parseJsonObject`, for a body that may carry an OpenAPI document: in a large one, the document becomes text. */
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

/** Null for what is not UTF-8. */
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
    // The parser's own words would quote what was sent, which may be a secret.
    throw new HttpError(400, "The body is not valid JSON in UTF-8.", {
      errors: [{ path: "", message: "is not valid JSON in UTF-8" }],
    });
  }
}

/** Throws 400 for a field or a metadata name that is given twice: only the last one would be kept. */
function refuseDuplicates(text: string | null): void {
  const errors = duplicateNames(text ?? "").map((path) => ({
    path: path.map((name) => sanitize(name, 64)).join("."),
    message: "is given more than once",
  }));
  const [first] = errors;
  if (first) throw new HttpError(400, `${first.path}: ${first.message}`, { errors });
}

/** Throws 400 for metadata that would come back as another number: an account's 20 digits, `1e400`. */
function refuseInexact(text: string | null): void {
  const { metadata } = parseExactly(text ?? "") as { metadata: Record<string, unknown> };
  const errors = Object.entries(metadata ?? {})
    .filter(([, value]) => value instanceof InexactNumber)
    .map(([name]) => ({
      path: `metadata.${sanitize(name, 64)}`,
      message: "can't be kept exactly as a number: send it as a string",
    }));
  const [first] = errors;
  if (first) throw new HttpError(400, `${first.path}: ${first.message}`, { errors: errors.slice(0, 50) });
}
