import { formatBytes } from "#core/format.ts";
import type { ActionFailure, ActionResult } from "#domain/errors.ts";
import { apiFormText as text } from "./form-text.ts";

/** Pasted text, or a file. */
export type ApiDocument = string | File;

/** The largest document, in bytes, that the portal reads. */
export const MAX_DOCUMENT_BYTES = 16 * 1_048_576;

/** Sends a document with the other fields of its form. Never throws: a lost connection is a failure. */
export async function sendDocument<Value>(
  intent: "preview" | "create" | "update",
  fields: object,
  document: ApiDocument,
): Promise<ActionResult<Value>> {
  const size = typeof document === "string" ? document.length : document.size;
  if (size > MAX_DOCUMENT_BYTES) return tooLarge(size);
  const body = new FormData();
  body.set("input", JSON.stringify({ intent, ...fields }));
  // A Blob, because form encoding would change the line endings of a text.
  body.set("document", typeof document === "string" ? new Blob([document]) : document, "document");
  try {
    const response = await fetch("/api/documents", { method: "POST", body });
    if (response.status === 413) return tooLarge(size);
    return (await response.json()) as ActionResult<Value>;
  } catch {
    return failure(text.unreachable);
  }
}

function tooLarge(bytes: number): ActionFailure {
  return failure(text.tooLarge(formatBytes(bytes)));
}

function failure(message: string): ActionFailure {
  return { ok: false, code: "invalid", message, errors: [{ path: "openapi", message }] };
}
