import { parentPort, workerData } from "node:worker_threads";
import { DomainError, type FieldError } from "../../errors.ts";
import type { DocumentSource } from "./document.ts";
import { type StorableOpenApi, toStorable } from "./openapi.ts";

/** The document as text, or the given object as JSON. */
export type ThreadInput = string | { json: string };

/** The thread's result: the document or its errors. Any other failure ends the thread with an error. */
export type WorkerAnswer = { read: StorableOpenApi } | { message: string; errors: FieldError[] };

function answer(source: DocumentSource): WorkerAnswer {
  try {
    return { read: toStorable(source) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message, errors: error.errors };
  }
}

const given: ThreadInput = workerData;
parentPort?.postMessage(answer(typeof given === "string" ? given : JSON.parse(given.json)));
