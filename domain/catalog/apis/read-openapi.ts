import { join } from "node:path";
import { projectRoot } from "#platform/process-singleton.ts";
import { DomainError } from "../../errors.ts";
import type { DocumentSource } from "./document.ts";
import { invalidDocument, tooDeep } from "./invalid-document.ts";
import { type StorableOpenApi, toStorable } from "./openapi.ts";
import type { ThreadInput, WorkerAnswer } from "./openapi-worker.ts";

/** What a worker thread may take. */
interface ThreadLimits {
  timeoutMs: number;
  memory: { maxOldGenerationSizeMb: number; maxYoungGenerationSizeMb: number };
}

const LIMITS: ThreadLimits = {
  timeoutMs: 60_000,
  memory: { maxOldGenerationSizeMb: 1_536, maxYoungGenerationSizeMb: 64 },
};
/** Documents up to this size are parsed directly: that is faster than starting a thread. */
const MAX_DIRECT_CHARACTERS = 16_384;
/** An anchor of YAML, whose aliases can expand a short text to 64 MiB. */
const ANCHOR = /(?:^|[\s,:[{])&\S/;
/** How many documents may wait while one is parsed. */
const MAX_WAITING = 4;

let waiting = 0;
let last: Promise<unknown> = Promise.resolve();

/**
 * `toStorable` for documents of any length. Longer ones, and those with anchors, are parsed in a worker thread, one at a
 * time, so that pages and checks are answered meanwhile. Throws `invalid` as `parseOpenApi` does, and for a document that takes too much
 * time or memory; `too-many` while several wait.
 */
export async function readOpenApi(
  source: DocumentSource,
  limits: ThreadLimits = LIMITS,
): Promise<StorableOpenApi> {
  const input = typeof source === "string" ? source : { json: jsonOf(source) };
  const { length } = typeof input === "string" ? input : input.json;
  const isShort = length <= MAX_DIRECT_CHARACTERS && !(typeof source === "string" && ANCHOR.test(source));
  if (isShort) return toStorable(source);
  return inTurn(() => runInThread(input, limits, (answer) => ("read" in answer ? answer.read : undefined)));
}

/** Serialized, because copying text to the thread is fast; the thread parses it again. */
function jsonOf(source: Record<string, unknown>): string {
  try {
    return JSON.stringify(source);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep();
    throw error;
  }
}

/** The body of a request that carries a document. */
export interface DocumentBody {
  fields: Record<string, unknown>;
  /** The document, serialized if it was an object; undefined if there is none. */
  openapi: unknown;
}

/** Parses a large JSON body in a worker thread; null if it is not a JSON object in UTF-8. Throws like `readOpenApi`. */
export function readDocumentBody(body: Uint8Array): Promise<DocumentBody | null> {
  return inTurn(() =>
    runInThread({ body }, LIMITS, (answer) => ("body" in answer ? answer.body : undefined)),
  );
}

/** Runs one thread at a time. Throws `too-many` while several wait. */
async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (waiting > MAX_WAITING) {
    const message = "Several documents are being processed. Try again in a minute.";
    throw new DomainError("too-many", message, { retryAfterMs: 60_000 });
  }
  waiting++;
  const running = last.then(work);
  last = running.catch(() => {});
  try {
    return await running;
  } finally {
    waiting--;
  }
}

/** `pick` returns undefined for an answer that is none to this input. */
function runInThread<Result>(
  workerData: ThreadInput,
  { timeoutMs, memory }: ThreadLimits,
  pick: (answer: WorkerAnswer) => Result | undefined,
): Promise<Result> {
  // Next's bundler would rewrite the constructor and look for the file in its bundle.
  const { Worker } = process.getBuiltinModule("node:worker_threads");
  const worker = new Worker(join(projectRoot(), "domain/catalog/apis/openapi-worker.ts"), {
    workerData,
    resourceLimits: memory,
  });
  return new Promise<Result>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(
        invalidDocument("It takes too long to parse. Provide it as JSON, or split it into several APIs."),
      );
    }, timeoutMs);
    worker.once("message", (answer: WorkerAnswer) => {
      clearTimeout(timer);
      if ("message" in answer) {
        reject(new DomainError("invalid", answer.message, { errors: answer.errors }));
        return;
      }
      const result = pick(answer);
      if (result === undefined) reject(new Error("the document thread answered something else"));
      else resolve(result);
    });
    worker.once("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reject(
        isMemory
          ? invalidDocument("It takes too much memory to parse. Provide it as JSON, or split it.")
          : error,
      );
    });
  }).finally(() => worker.terminate());
}
