import { parentPort, workerData } from "node:worker_threads";
import { DomainError, type FieldError } from "../../errors.ts";
import type { DocumentSource } from "./document.ts";
import { type StorableOpenApi, toStorable } from "./openapi.ts";

/** The document as text, or as the JSON of the object that was given. */
export type ThreadInput = string | { json: string };

/** What the thread answers: the document, or its faults. Anything else ends the thread with an error. */
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
