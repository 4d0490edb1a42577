import type { z } from "zod";
import { schemaErrors } from "#core/schema-errors.ts";
import { hashToken } from "#core/tokens.ts";
import type { ApiFacts } from "#engine/cache/compile-facts.ts";
import { loadRecentLocalService, type ServiceTokenFacts } from "#engine/cache/load-facts.ts";
import { ReadLimiter } from "#engine/cache/read-limiter.ts";
import { bearerOf, failureReply, readJson, unauthorized } from "#engine/check/answer.ts";
import { HttpProblem, malformed, problem, type Reply } from "#engine/check/reply.ts";
import { nextRequestId } from "#engine/check/request-id.ts";
import { VerdictUnavailable } from "#engine/check/verdict-unavailable.ts";
import type { Engine } from "#engine/engine.ts";
import {
  type FactsRequest,
  MAX_USAGE_BYTES,
  OLDEST_USAGE_FORMAT,
  SYNC_FORMAT,
  type UsageRequest,
} from "#engine/sync/protocol.ts";
import { readFacts } from "#engine/sync/read-facts.ts";
import { positionSchema, syncSchemas } from "#engine/sync/schema.ts";
import { BatchStore } from "#engine/sync/store-batch.ts";
import { reject, send } from "../http/http-call.ts";
import type { NodeHttpCall } from "../http/node-http-call.ts";
import type { LocalServices } from "./local-services.ts";
import { MAX_STREAMS, SyncHub } from "./sync-hub.ts";

const MAX_FACTS_BYTES = 16 * 1024;
/** Few at once, so that many services that start together don't delay checks. */
const MAX_CONCURRENT_FACTS = 4;
const MAX_WAITING_FACTS = 1_000;

const ROUTES = {
  "/api/v1/sync": { method: "GET", answer: stream },
  "/api/v1/sync/facts": { method: "POST", answer: facts },
  "/api/v1/sync/usage": { method: "POST", answer: usage },
} as const;

export interface SyncContext {
  engine: Engine;
  stopping: () => boolean;
  /** Receives the services that report here; without it, they are not listed. */
  localServices?: LocalServices | undefined;
}

/** Answers services that verify keys in their own process. */
export class SyncRoutes {
  readonly context: SyncContext;
  readonly hub: SyncHub;
  readonly batches: BatchStore;
  readonly reads = new ReadLimiter(MAX_CONCURRENT_FACTS, MAX_WAITING_FACTS);

  constructor(context: SyncContext) {
    const { engine, stopping } = context;
    this.context = context;
    this.hub = new SyncHub(engine, stopping);
    this.batches = new BatchStore(engine.db, engine.journal.dir);
  }

  /** Returns false for any other path. */
  answer(call: NodeHttpCall, path: string): boolean {
    const route = Object.hasOwn(ROUTES, path) ? ROUTES[path as keyof typeof ROUTES] : undefined;
    if (route === undefined) return false;
    if (call.method !== route.method) {
      const headers = { Allow: route.method };
      reject(call, problem(405, nextRequestId(), `Use ${route.method}.`, { headers }));
      return true;
    }
    const requestId = nextRequestId();
    route.answer(this, call, requestId).catch((error: unknown) => {
      reject(call, failureReply(error, requestId), error);
    });
    return true;
  }
}

async function stream({ context, hub }: SyncRoutes, call: NodeHttpCall, requestId: string): Promise<void> {
  const { engine } = context;
  const openedAt = engine.clockMs;
  const token = bearerOf(call.headers.authorization);
  const service = await permitted(engine, token);
  const query = new URL(call.url, "http://verifier").searchParams;
  requireFormat(Number(query.get("format")));
  if (context.stopping()) throw new VerdictUnavailable("the verifier is stopping");
  if (engine.unavailableReason !== null) throw new VerdictUnavailable(engine.unavailableReason);
  if (hub.size >= MAX_STREAMS) throw new VerdictUnavailable("too many services follow this verifier");
  const headers = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    // nginx would collect events otherwise.
    "X-Accel-Buffering": "no",
    "X-Request-Id": requestId,
  };
  await hub.open({ token, service, openedAt, after: readPosition(query.get("after")) }, (onClose) =>
    call.openStream(headers, onClose),
  );
}

/** An unreadable position is not an error: the service then drops its facts. */
function readPosition(text: string | null) {
  try {
    return text === null ? null : (positionSchema.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}

async function facts({ context, reads }: SyncRoutes, call: NodeHttpCall, requestId: string): Promise<void> {
  const { engine } = context;
  const service = await permitted(engine, bearerOf(call.headers.authorization));
  const request: FactsRequest = await readRequest(call, syncSchemas.facts, MAX_FACTS_BYTES);
  const answer = await fromDatabase(() =>
    reads.run(() => readFacts(engine.db, service, request, engine.nowMs)),
  );
  send(call, jsonReply(requestId, JSON.stringify(answer)));
}

async function usage({ context, batches }: SyncRoutes, call: NodeHttpCall, requestId: string): Promise<void> {
  const { engine, localServices } = context;
  const token = bearerOf(call.headers.authorization);
  const service = await mayReport(engine, token);
  const request: UsageRequest = await readRequest(
    call,
    syncSchemas.usage,
    MAX_USAGE_BYTES,
    OLDEST_USAGE_FORMAT,
  );
  const { nowMs } = engine;
  const { batch } = request;
  if (batch !== null) {
    if (engine.journal.isFull || !engine.journal.healthy)
      throw new VerdictUnavailable("the journal can't be written");
    const apis = await apisOf(engine, service, batch.entries);
    await fromDatabase(() => batches.store(batch, apis, nowMs));
  }
  localServices?.report(
    service.id,
    request.service,
    service.localVerification ? request.applied : null,
    nowMs,
  );
  send(call, { status: 204, headers: { "Cache-Control": "no-store", "X-Request-Id": requestId }, body: "" });
}

/** Like `permitted`, but what was answered just before the token lost its permission is counted too. */
async function mayReport(engine: Engine, token: string): Promise<ServiceTokenFacts> {
  try {
    return await permitted(engine, token);
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    const service = await fromDatabase(() =>
      loadRecentLocalService(engine.db, hashToken(token), engine.nowMs),
    );
    if (service === null) throw error;
    return service;
  }
}

/** Rejects with `VerdictUnavailable` if `work` does: it needs the database. */
function fromDatabase<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    if (error instanceof VerdictUnavailable) throw error;
    throw new VerdictUnavailable("the database or the journal is unavailable", { cause: error });
  });
}

/** The service of a token with the permission for local verification. */
async function permitted(engine: Engine, token: string): Promise<ServiceTokenFacts> {
  const service = await engine.serviceTokens.find(token);
  if (service === null) throw unauthorized();
  if (service.localVerification) return service;
  throw new HttpProblem(403, "An administrator must allow this service token local verification.", {
    title: "Local verification not allowed",
  });
}

function requireFormat(format: number, oldest = SYNC_FORMAT): void {
  if (format >= oldest && format <= SYNC_FORMAT) return;
  throw new HttpProblem(409, `This verifier syncs in format ${SYNC_FORMAT}. Update the SDK or Latchkey.`, {
    title: "Sync format not supported",
  });
}

async function apisOf(
  engine: Engine,
  service: ServiceTokenFacts,
  entries: readonly { api: string }[],
): Promise<Map<string, ApiFacts>> {
  const apis = new Map<string, ApiFacts>();
  for (const slug of new Set(entries.map(({ api }) => api))) {
    if (service.api !== null && service.api !== slug)
      throw new HttpProblem(403, "This service token is limited to another API.");
    const api = await engine.apiOf(slug);
    if (api !== null) apis.set(slug, api);
  }
  return apis;
}

/** Reads and checks the body, which must be JSON of at most `maxBytes`. */
async function readRequest<Schema extends z.ZodType<{ format: number }>>(
  call: NodeHttpCall,
  schema: Schema,
  maxBytes: number,
  oldestFormat = SYNC_FORMAT,
): Promise<z.output<Schema>> {
  const body = await new Promise<Buffer>((resolve, fail) => {
    const tooLarge = () => fail(new HttpProblem(413, `The body may have at most ${maxBytes} bytes.`));
    if (Number(call.headers["content-length"] ?? 0) > maxBytes) tooLarge();
    else call.readBody(maxBytes, tooLarge, resolve);
  });
  const { headers } = call;
  const value = readJson({
    contentType: headers["content-type"],
    contentEncoding: headers["content-encoding"],
    body,
  });
  if (typeof value === "object" && value !== null && "format" in value)
    requireFormat(Number(value.format), oldestFormat);
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw malformed(schemaErrors(parsed.error.issues.slice(0, 20), "Unknown field."));
}

function jsonReply(requestId: string, body: string): Reply {
  return {
    status: 200,
    headers: { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Request-Id": requestId },
    body,
  };
}
