import { parentPort, workerData } from "node:worker_threads";
import type { FieldError } from "#core/schema-errors.ts";
import { DomainError } from "../../errors.ts";
import type { DocumentSource } from "./document.ts";
import { type StorableOpenApi, toStorable } from "./openapi.ts";
import { toObject } from "./read-json.ts";
import type { DocumentBody } from "./read-openapi.ts";

/** The document as text, the given object as JSON, or the body of a request that carries a document. */
export type ThreadInput = string | { json: string } | { body: Uint8Array };

/** The thread's result, or what is wrong with the document. Any other failure ends the thread with an error. */
export type WorkerAnswer =
  | { read: StorableOpenApi }
  | { body: DocumentBody | null }
  | { message: string; errors: FieldError[] };

function answer(source: DocumentSource): WorkerAnswer {
  try {
    return { read: toStorable(source) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message, errors: error.errors };
  }
}

/** A document that is an object becomes text: copying text to the main thread blocks it only briefly. */
function parseBody(bytes: Uint8Array): DocumentBody | null {
  const object = parseObject(bytes);
  if (object === null) return null;
  const { openapi, ...fields } = object;
  return { fields, openapi: toObject(openapi) ? JSON.stringify(openapi) : openapi };
}

function parseObject(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    return toObject(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

const given: ThreadInput = workerData;
if (typeof given === "string") parentPort?.postMessage(answer(given));
else if ("json" in given) parentPort?.postMessage(answer(JSON.parse(given.json)));
else parentPort?.postMessage({ body: parseBody(given.body) } satisfies WorkerAnswer);
