import type { Facts } from "#core/facts.ts";
import { readHmacSecret } from "#core/imported-hash.ts";
import { type DeclaredShape, shapesOf } from "#core/token-shape.ts";
import { acceptedPrefixes } from "#core/tokens.ts";
import { type ChangeListener, openChangeListener } from "#db/change-listener.ts";
import type { Db } from "#db/open.ts";
import type { MaybePromise } from "#platform/maybe-promise.ts";
import type { ApiFacts } from "./cache/compile-facts.ts";
import { FactStore } from "./cache/fact-store.ts";
import { SleepDetector } from "./cache/sleep-detector.ts";
import type { Check, CheckResult, Credential } from "./check/check.ts";
import { CheckEvaluator } from "./check/check-evaluator.ts";
import { ServiceTokens } from "./check/service-tokens.ts";
import type { SharedReplies } from "./check/shared-replies.ts";
import { StoredReplies } from "./check/stored-replies.ts";
import { VerdictUnavailable } from "./check/verdict-unavailable.ts";
import type { EngineOptions } from "./engine-options.ts";
import { ChangeFeed } from "./feed/change-feed.ts";
import { FeedFollowers } from "./feed/feed-followers.ts";
import { ImportedTokens } from "./imports/imported-tokens.ts";
import { ShapeList } from "./imports/shape-list.ts";
import { linesOf } from "./journal/create-entry.ts";
import type { Journal } from "./journal/journal.ts";
import { RequestSample } from "./journal/request-sample.ts";
import type { Limiter } from "./limits/limiter.ts";

/** Answers checks: facts from memory or the database, the verdict from the core, a line in the journal. */
export class Engine {
  readonly factStore: FactStore;
  readonly #shapes: ShapeList;
  readonly imports: ImportedTokens;
  readonly feed: ChangeFeed;
  readonly journal: Journal;
  readonly serviceTokens: ServiceTokens;
  /** Answers to repeat for the same `Idempotency-Key`. */
  readonly storedReplies: StoredReplies;
  /** Those of all verifiers; null if they share nothing. */
  readonly sharedReplies: SharedReplies | null;
  readonly followers = new FeedFollowers();
  readonly #options: EngineOptions;
  readonly #sample = new RequestSample();
  readonly #now: () => number;
  readonly #clock: () => number;
  readonly #evaluator: CheckEvaluator;
  readonly #sleep: SleepDetector;
  #changeListener: ChangeListener | undefined;

  /** The prefixes of tokens that are accepted. */
  readonly keyPrefixes: readonly string[];

  constructor(options: EngineOptions) {
    this.#options = options;
    this.keyPrefixes = acceptedPrefixes(options.settings);
    this.#now = options.now ?? Date.now;
    this.#clock = options.clock ?? (() => performance.now());
    const { wall = options.clock ?? Date.now } = options;
    this.#sleep = new SleepDetector({ monotonic: this.#clock, wall });
    this.journal = options.journal;
    this.storedReplies = new StoredReplies(this.#clock);
    this.sharedReplies = options.sharedReplies ?? null;
    this.factStore = new FactStore(options.db, options.settings, this.#now);
    const { factStore, keyPrefixes } = this;
    // With the shapes before an import, its tokens were not found.
    this.#shapes = new ShapeList(options.db, () => this.imports.forget());
    this.imports = new ImportedTokens({
      db: options.db,
      shapesOf: (token) => shapesOf(this.tokenShapes, keyPrefixes, token),
      hmacSecrets: (options.settings.importHmacSecrets ?? []).map(readHmacSecret),
      secretOf: (hash) => factStore.secrets.get(hash),
      forgetHash: (hash, holder) => {
        factStore.secrets.forgetAbsent(hash);
        if (holder !== null) factStore.secrets.invalidate(holder.key.id);
      },
      clock: this.#clock,
    });
    this.#evaluator = new CheckEvaluator({
      factStore,
      imports: this.imports,
      limiter: options.limiter,
      now: this.#now,
      latest: () => this.latestMs,
      unavailableReason: () => this.unavailableReason,
    });
    this.serviceTokens = new ServiceTokens({
      factStore,
      keyPrefixes,
      now: this.#now,
      beforeFind: () => this.#forgetAfterSleep(),
    });
    this.feed = new ChangeFeed({
      db: options.feedDb ?? options.db,
      clock: this.#clock,
      now: this.#now,
      onChanges: (changes) => {
        this.factStore.forget(changes);
        if (changes.some(({ kind }) => kind === "import")) this.#forgetImports();
        this.followers.changed(changes);
      },
      onLost: () => this.#forgetAll(),
      onConfirmed: () => this.followers.confirmed(),
      onHealth: (error) => options.onFeedHealth?.(error),
      onApplied: (position) => options.onApplied?.(position),
    });
  }

  /** Rejects if the database can't be read. */
  async start(): Promise<void> {
    await this.feed.start();
    await this.#shapes.load();
    const { listenUrl, db } = this.#options;
    this.#changeListener = await openChangeListener(listenUrl ?? db.url, () => this.feed.wake());
  }

  async stop(): Promise<void> {
    await this.#changeListener?.close();
    await this.feed.stop();
    this.#shapes.stop();
    await this.imports.stop();
  }

  /** How long ago (ms) all committed changes were last known here. */
  get lagMs(): number {
    return this.#clock() - this.feed.confirmedAt;
  }

  /** Why no verdict is available; null if verdicts are available. */
  get unavailableReason(): string | null {
    if (this.lagMs > this.staleMaxMs) return "the database has been unavailable for too long";
    if (this.journal.healthy) return null;
    return this.journal.isFull
      ? "the journal is full: usage is counted too slowly"
      : "the journal can't be written";
  }

  /** The database that facts are read from. */
  get db(): Db {
    return this.#options.db;
  }

  /** Monotonic, ms. The feed's `confirmedAt` is by this clock. */
  get clockMs(): number {
    return this.#clock();
  }

  /** The formats of tokens that other systems issued and that may be imported. Another array after each change. */
  get tokenShapes(): readonly DeclaredShape[] {
    return this.#shapes.current;
  }

  /** Epoch ms. */
  get nowMs(): number {
    return this.#now();
  }

  /** Epoch ms: at least the time of the latest change, even if this machine's clock is behind the clock that wrote it. */
  get latestMs(): number {
    return Math.max(this.#now(), this.feed.latestAt);
  }

  /** How long verdicts are available without a confirmation that nothing has changed, ms. */
  get staleMaxMs(): number {
    return this.#options.settings.staleMaxSeconds * 1000;
  }

  /** Counts limits. While it is unavailable, checks of keys without limits still get verdicts. */
  get limiter(): Limiter {
    return this.#options.limiter;
  }

  /** The API with this slug, or null. Throws (or rejects with) `VerdictUnavailable`. */
  apiOf(slug: string): MaybePromise<ApiFacts | null> {
    this.#forgetAfterSleep();
    if (this.unavailableReason !== null) throw new VerdictUnavailable(this.unavailableReason);
    return this.factStore.apis.get(slug);
  }

  /**
   * The verdict. Counts the call against its limits but writes nothing: `record` does that. Throws (or rejects with)
   * `VerdictUnavailable`.
   */
  evaluate(check: Check): MaybePromise<CheckResult> {
    return this.#evaluator.evaluate(check);
  }

  /** The verdicts on several checks as of one moment. */
  evaluateAll(checks: readonly Check[]): MaybePromise<CheckResult[]> {
    return this.#evaluator.evaluateAll(checks);
  }

  /** The denial of a check by any rule except a limit, or null. Consumes and writes nothing. */
  denialOf(check: Check): MaybePromise<CheckResult | null> {
    return this.#evaluator.denialOf(check);
  }

  /** The facts of a credential. Throws (or rejects with) `VerdictUnavailable`. */
  factsOf(credential: Credential): MaybePromise<Facts> {
    return this.#evaluator.factsOf(credential);
  }

  /** Checks that got no verdict because their limits could not be counted, since the start. */
  get uncounted(): number {
    return this.#evaluator.uncounted;
  }

  /** Writes the verdict to the journal, then calls `written` with whether it may be sent. */
  record(result: CheckResult, written: (ok: boolean) => void): void {
    this.journal.append(linesOf(result, this.#sample, this.#now()), written);
  }

  /** Writes several verdicts; calls `written` once, with whether all of them may be sent. */
  recordAll(results: readonly CheckResult[], written: (ok: boolean) => void): void {
    const [first] = results;
    if (first !== undefined && results.length === 1) {
      this.record(first, written);
      return;
    }
    let left = results.length;
    let allWritten = true;
    for (const result of results) {
      this.record(result, (ok) => {
        left--;
        allWritten &&= ok;
        if (left === 0) written(allWritten);
      });
    }
  }

  /** The change feed is read only after the first requests that follow a sleep. */
  #forgetAfterSleep(): void {
    if (this.#sleep.hasSlept()) this.#forgetAll();
  }

  #forgetAll(): void {
    this.factStore.forgetAll();
    this.#forgetImports();
    this.followers.lost();
  }

  #forgetImports(): void {
    this.imports.forget();
    this.#shapes.refresh();
  }
}
