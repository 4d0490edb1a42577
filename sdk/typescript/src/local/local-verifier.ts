import { hostname } from "node:os";
import { decide, evaluateReportOnly } from "../../../../core/decide.ts";
import type { Facts } from "../../../../core/facts.ts";
import { newId } from "../../../../core/ids.ts";
import { credentialOf, requestOf } from "../../../../engine/check/check.ts";
import { nextRequestId } from "../../../../engine/check/request-id.ts";
import { createEntry } from "../../../../engine/journal/create-entry.ts";
import type { FactsAnswer, FactsRequest, UsageRequest } from "../../../../engine/sync/protocol.ts";
import { SYNC_FORMAT } from "../../../../engine/sync/protocol.ts";
import packageJson from "../../package.json" with { type: "json" };
import { type Clock, SYSTEM_CLOCK } from "../clock.ts";
import { UsageLostError } from "../errors.ts";
import { transportOf } from "../transport.ts";
import type { Check, Verdict } from "../verdict.ts";
import { VerifierPool } from "../verifier-pool.ts";
import { FactSource, isFactsAnswer, type KnownSecret } from "./fact-source.ts";
import { isOrdinary } from "./ordinary-check.ts";
import { SyncStream } from "./sync-stream.ts";
import { UsageReporter } from "./usage-reporter.ts";
import { openUsageStore, type UsageStore } from "./usage-store.ts";

export interface LocalVerifierOptions {
  urls: readonly string[];
  token: string;
  /** Slug of the API that checks are about unless they name one. */
  api?: string | undefined;
  fetch?: typeof globalThis.fetch | undefined;
  /** Where answers are kept until they are counted. Without it, a crash loses those of the last second. */
  journalDir?: string | undefined;
  /** Maximum memory for facts, bytes. */
  maxBytes: number;
  /** How long a check waits for facts, ms. After that, a verifier is asked. */
  waitMs: number;
  /** Called with why keys are not verified locally, again and again, and with `UsageLostError`. */
  onError: (error: unknown) => void;
  clock?: Clock | undefined;
}

/** Requests of this module may take longer than a check, which waits for `waitMs` only. */
const TIMEOUT_MS = 5_000;
/** Facts that changed while they were read are read again, at most this often. */
const MAX_TRIES = 3;
const MAX_FACTS_BYTES = 32 * 1_024 * 1_024;

/** A local verdict. `null`: a verifier must be asked. */
type Local = Verdict | null;

/** Verifies keys in this process, with the rules of a verifier and facts that are at most a second old. */
export class LocalVerifier {
  readonly #api: string | undefined;
  readonly #facts: FactSource;
  readonly #stream: SyncStream;
  readonly #reporter: UsageReporter;
  readonly #store: UsageStore;
  readonly #onError: (error: unknown) => void;
  readonly #waitMs: number;
  #closing: Promise<void> | null = null;

  /** Rejects if `journalDir` can't be used. */
  static async start(options: LocalVerifierOptions): Promise<LocalVerifier> {
    const id = newId("localVerifier");
    const store = await openUsageStore(options.journalDir, id);
    return new LocalVerifier(options, id, store);
  }

  private constructor(options: LocalVerifierOptions, id: string, store: UsageStore) {
    const { urls, token, fetch, maxBytes, onError, clock = SYSTEM_CLOCK } = options;
    this.#api = options.api;
    this.#store = store;
    this.#onError = onError;
    this.#waitMs = options.waitMs;
    const pool = new VerifierPool({
      urls,
      token,
      timeoutMs: TIMEOUT_MS,
      transport: transportOf(fetch),
      now: () => performance.now(),
    });
    this.#facts = new FactSource({ maxBytes, ask: (request) => askFacts(pool, request) });
    const service = {
      id,
      address: hostname().slice(0, 300),
      version: packageJson.version,
      startedAt: clock.wall(),
    };
    this.#stream = new SyncStream({
      urls,
      token,
      fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
      clock,
      onChanged: (subjects) => {
        this.#facts.invalidate(subjects);
        this.#reporter.reportSoon();
      },
      onReset: () => this.#facts.clear(),
      onMayExist: () => this.#facts.clearAbsent(),
      onError,
    });
    this.#reporter = new UsageReporter({
      store,
      onError,
      send: ({ batch, signal }) => {
        const applied = this.#stream.isFresh ? this.#stream.position : null;
        const request: UsageRequest = { format: SYNC_FORMAT, service, applied, batch };
        return pool.post("/api/v1/sync/usage", JSON.stringify(request), isNothing, { signal });
      },
    });
    this.#stream.start();
    this.#reporter.start();
  }

  /** Whether keys are verified locally now. */
  get isReady(): boolean {
    return this.#stream.isFresh && !this.#store.isFull;
  }

  /** The number of the last change that is known here. */
  get position(): number {
    return this.#stream.position?.seq ?? 0;
  }

  /** The verdict, or null if a verifier must be asked. It is counted once it is returned. */
  verify(check: Check): Local | Promise<Local> {
    return this.#evaluate(check, MAX_TRIES, null);
  }

  /** Reports what is not counted yet at once. Resolves with whether a verifier accepted it. */
  report(): Promise<boolean> {
    return this.#reporter.report();
  }

  /** Reports what is not counted yet, for 5 seconds at most, and ends. Further calls wait for the same end. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    this.#stream.close();
    await this.#reporter.close();
    const lost = await this.#store.close();
    if (lost > 0) this.#onError(new UsageLostError(lost));
  }

  /** `waitEndsAt`: until when the check may wait for facts; null if it has not waited yet. */
  #evaluate(check: Check, tries: number, waitEndsAt: number | null): Local | Promise<Local> {
    // Also after a wait: what was fresh when it began may not be fresh anymore.
    const nowMs = tries === 0 || this.#store.isFull ? null : this.#stream.freshTime();
    if (nowMs === null) return null;
    const { api: boundTo } = this.#stream;
    const slug = check.api ?? this.#api ?? boundTo;
    if (!slug || (boundTo !== null && boundTo !== slug) || !isOrdinary(check)) return null;
    const known = this.#facts.apis.get(slug);
    if (known instanceof Promise) return this.#afterwards(known, check, tries, waitEndsAt);
    if (known === null) return null;
    const { api } = known;
    const facts = this.#factsOf(check.key, slug, nowMs);
    if (facts instanceof Promise) return this.#afterwards(facts, check, tries, waitEndsAt);
    if (facts === null) return null;
    const request = requestOf(check, api, nextRequestId());
    const verdict = decide(facts, request, this.#timeFor(facts, nowMs));
    const secret = facts.credential === "known" ? facts.secret : null;
    const trial = secret !== null && verdict.valid ? evaluateReportOnly(secret.key, request) : null;
    const result = {
      check: { request, api },
      verdict,
      secretId: secret?.secretId ?? "",
      trial,
      units: request.cost,
    };
    const recorded = this.#store.record(createEntry(result, Math.floor(nowMs)));
    if (recorded === true) return verdict;
    if (recorded === false) return null;
    return recorded.then((ok) => (ok ? verdict : null));
  }

  /** The facts about what was sent as a key. Null: a verifier must be asked. */
  #factsOf(key: string | null | undefined, slug: string, nowMs: number): Facts | null | Promise<unknown> {
    const known = key ? this.#facts.find(key, nowMs) : undefined;
    if (known !== undefined) return factsFor(known, slug);
    const credential = credentialOf(this.#stream, key);
    if ("credential" in credential) return credential;
    const { hash, imported } = credential;
    const secret = this.#facts.secrets.get(hash);
    if (secret instanceof Promise) return secret;
    if (secret !== null) {
      // An imported one may lose its format at any time.
      if (imported === undefined) this.#facts.remember(hash, secret, nowMs);
      return factsFor(secret, slug);
    }
    // Only a verifier compares a token with what was imported.
    return imported?.shapes.some(({ pending }) => pending.length > 0) ? null : UNKNOWN;
  }

  /** Facts that had to be waited for are read again: the first may have changed. Without them, a verifier is asked. */
  async #afterwards(
    pending: Promise<unknown>,
    check: Check,
    tries: number,
    waitEndsAt: number | null,
  ): Promise<Local> {
    const endsAt = waitEndsAt ?? performance.now() + this.#waitMs;
    if (!(await resolvesUntil(pending, endsAt))) return null;
    return this.#evaluate(check, tries - 1, endsAt);
  }

  /** An older secret ends by the clock of the process that ended it. */
  #timeFor(facts: Facts, nowMs: number): number {
    const isOlder = facts.credential === "known" && facts.secret.overlapEndsAt !== null;
    return isOlder ? Math.max(nowMs, this.#stream.latestAt) : nowMs;
  }
}

/** Whether `pending` resolves before `endsAt`, ms by `performance.now`. */
async function resolvesUntil(pending: Promise<unknown>, endsAt: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), endsAt - performance.now());
  });
  const resolved = pending.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([resolved, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** A key that does not exist. */
const UNKNOWN: Facts = { credential: "unknown" };

function factsFor(secret: KnownSecret, slug: string): Facts | null {
  return secret.ask || secret.plannedApis?.has(slug) ? null : secret.facts;
}

async function askFacts(pool: VerifierPool, request: FactsRequest): Promise<FactsAnswer> {
  const isAnswer = (value: unknown): value is FactsAnswer => isFactsAnswer(value, request);
  return pool.post("/api/v1/sync/facts", JSON.stringify(request), isAnswer, { maxBytes: MAX_FACTS_BYTES });
}

const isNothing = (value: unknown): value is undefined => value === undefined;
