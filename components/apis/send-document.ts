import type { ActionFailure, ActionResult } from "#domain/result.ts";

/** Text that was pasted, or a file as it is. */
export type ApiDocument = string | File;

/** Bytes that the portal reads at most. */
export const MAX_DOCUMENT_BYTES = 16 * 1_048_576;

/** Sends a document with the other fields of its form. Never throws: a lost connection is a result as well. */
export async function sendDocument<Value>(
  intent: "preview" | "create" | "update",
  fields: object,
  document: ApiDocument,
): Promise<ActionResult<Value>> {
  const size = typeof document === "string" ? document.length : document.size;
  if (size > MAX_DOCUMENT_BYTES) return tooLarge(size);
  const body = new FormData();
  body.set("input", JSON.stringify({ intent, ...fields }));
  // A form would turn a text's line ends into others.
  body.set("document", typeof document === "string" ? new Blob([document]) : document, "document");
  try {
    const response = await fetch("/api/documents", { method: "POST", body });
    if (response.status === 413) return tooLarge(size);
    return (await response.json()) as ActionResult<Value>;
  } catch {
    return failure("The portal did not answer. Check the connection and try again.");
  }
}

function tooLarge(bytes: number): ActionFailure {
  const size = (bytes / 1_048_576).toFixed(1);
  return failure(
    `The document has ${size} MiB; at most 16 MiB are read. Leave out examples and descriptions, or split it into several APIs, for example with “npx @redocly/cli split”.`,
  );
}

function failure(message: string): ActionFailure {
  return { ok: false, code: "invalid", message, errors: [{ path: "openapi", message }] };
}
