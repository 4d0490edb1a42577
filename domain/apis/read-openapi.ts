import { join } from "node:path";
import { DomainError } from "../errors.ts";
import type { DocumentSource } from "./document.ts";
import type { WorkerAnswer } from "./openapi-worker.ts";
import type { OpenApiSummary } from "./types.ts";
import { unreadable } from "./unreadable.ts";

const TIMEOUT_MS = 60_000;
const MEMORY = { maxOldGenerationSizeMb: 1_536, maxYoungGenerationSizeMb: 64 };
/** Documents that wait for the one that is being read. */
const MAX_WAITING = 4;

/** A document as it is stored, and what it says about its API. */
export interface ReadInThread {
  /** JSON text: the document itself would have to be copied and written once more. */
  json: string;
  summary: OpenApiSummary;
}

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * `parseOpenApi` in a thread of its own, one document at a time, so that pages and checks are answered meanwhile.
 * Throws `invalid` as that does, and for a document that takes too long or too much memory; `too-many` while
 * several wait.
 */
export async function readOpenApi(source: DocumentSource): Promise<ReadInThread> {
  if (waiting > MAX_WAITING) {
    const message = "Several documents are being read at the moment. Try again in a minute.";
    throw new DomainError("too-many", message, { retryAfterMs: 60_000 });
  }
  waiting++;
  const reading = last.then(() => readInThread(source));
  last = reading.catch(() => {});
  try {
    return await reading;
  } finally {
    waiting--;
  }
}

function readInThread(source: DocumentSource): Promise<ReadInThread> {
  // As text, an object is copied at once; the thread reads it again.
  const workerData = typeof source === "string" ? source : { json: JSON.stringify(source) };
  // Next would rewrite a constructor that it knows, and look for the thread's file in its bundle.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(join(projectRoot(), "domain/apis/openapi-worker.ts"), {
    workerData,
    resourceLimits: MEMORY,
  });
  return new Promise<ReadInThread>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(unreadable("It takes too long to read. Give it as JSON, or split it into several APIs."));
    }, TIMEOUT_MS);
    worker.once("message", (answer: WorkerAnswer) => {
      clearTimeout(timer);
      if ("read" in answer) resolve(answer.read);
      else reject(new DomainError("invalid", answer.message, { errors: answer.errors }));
    });
    worker.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(
        isMemory ? unreadable("It takes too much memory to read. Give it as JSON, or split it.") : error,
      );
    });
  }).finally(() => worker.terminate());
}

/** Next bundles this module away from its folder; the portal's process has said where the project is. */
function projectRoot(): string {
  const root = (globalThis as { [name: symbol]: unknown })[Symbol.for("latchkey.root")];
  return typeof root === "string" ? root : process.cwd();
}
