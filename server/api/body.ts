import { HttpError } from "../problem.ts";

/** The body's bytes, at most `capBytes` of them. Throws 413 for more, without reading on. */
export async function readBody(request: Request, capBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new HttpError(413, `The body may have at most ${capBytes} bytes.`);
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
export function parseJsonObject(bytes: Uint8Array, contentType: string | null): Record<string, unknown> {
  if (bytes.byteLength === 0) return {};
  if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType ?? "")) {
    throw new HttpError(415, "Send the body as application/json.", {
      headers: { Accept: "application/json" },
    });
  }
  const value = parseJson(bytes);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new HttpError(400, "The body must be a JSON object.", {
      errors: [{ path: "", message: "must be a JSON object" }],
    });
  }
  return value as Record<string, unknown>;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // The parser's own words would quote what was sent, which may be a secret.
    throw new HttpError(400, "The body is not valid JSON in UTF-8.", {
      errors: [{ path: "", message: "is not valid JSON in UTF-8" }],
    });
  }
}
