import { parentPort, workerData } from "node:worker_threads";
import { DomainError, type FieldError } from "../errors.ts";
import type { DocumentSource } from "./document.ts";
import { parseOpenApi } from "./openapi.ts";
import type { ReadInThread } from "./read-openapi.ts";

/** What the thread answers: the document, or its faults. Anything else ends the thread with an error. */
export type WorkerAnswer = { read: ReadInThread } | { message: string; errors: FieldError[] };

function answer(source: DocumentSource): WorkerAnswer {
  try {
    const { document, summary } = parseOpenApi(source);
    return { read: { json: JSON.stringify(document), summary } };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { message: error.message, errors: error.errors };
  }
}

parentPort?.postMessage(answer(typeof workerData === "string" ? workerData : JSON.parse(workerData.json)));
