import { denyUnknown, evaluateCounters, evaluateReportOnly, evaluateRules } from "#core/decide.ts";
import type { Facts, KnownFacts, SecretFacts } from "#core/facts.ts";
import { readHmacSecret } from "#core/imported-hash.ts";
import { type LimitStates, limitStates, UNLIMITED } from "#core/limits/evaluate.ts";
import { limitsOf } from "#core/limits/limits-of.ts";
import type { Counted } from "#core/limits/types.ts";
import { type DeclaredShape, shapesOf } from "#core/token-shape.ts";
import { acceptedPrefixes } from "#core/tokens.ts";
import type { DeniedVerdict } from "#core/verdict-schema.ts";
import { type ChangeListener, openChangeListener } from "#db/change-listener.ts";
import type { Db } from "#db/open.ts";
import { attempt, chain, chainAll, type MaybePromise } from "#platform/maybe-promise.ts";
import type { ApiFacts, LoadedSecret } from "./cache/compile-facts.ts";
import { FactStore } from "./cache/fact-store.ts";
import { VerdictUnavailable, withTimeout } from "./cache/fill-gate.ts";
import type { Check, CheckResult, Credential } from "./check/check.ts";
import { FirstAnswers } from "./check/first-answers.ts";
import { ServiceTokens } from "./check/service-tokens.ts";
import type { SharedAnswers } from "./check/shared-answers.ts";
import type { EngineOptions } from "./engine-options.ts";
import { ChangeFeed } from "./feed/change-feed.ts";
import { FeedFollowers } from "./feed/feed-followers.ts";
import { ImportedTokens } from "./imports/imported-tokens.ts";
import { ShapeList } from "./imports/shape-list.ts";
import { writeLine } from "./journal/entry.ts";
import { entryOf } from "./journal/entry-of.ts";
import type { Journal } from "./journal/journal.ts";
import type { Limiter, Take } from "./limits/limiter.ts";

/** The longest that a denial waits for the state of its limits, ms. */
const LIMIT_STATES_TIMEOUT_MS = 100;

/** How often facts are read again after a wait. */
const MAX_TRIES = 5;

/** A check after every rule except limits. `denial` is null if only a limit can still deny it. */
type RuleResult = Denied | Permitted;
interface Denied {
  check: Check;
  facts: KnownFacts | null;
  denial: DeniedVerdict;
}
interface Permitted {
  check: Check;
  facts: KnownFacts;
  denial: null;
}

/** Answers checks: facts from memory or the database, the verdict from the core, a line in the journal. */
export class Engine {
  readonly factStore: FactStore;
  readonly #shapes: ShapeList;
  readonly imports: ImportedTokens;
  readonly feed: ChangeFeed;
  readonly journal: Journal;
  readonly serviceTokens: ServiceTokens;
  /** Answers to repeat for the same `Idempotency-Key`. */
  readonly firstAnswers: FirstAnswers;
  /** Those of all verifiers; null if they share nothing. */
  readonly sharedAnswers: SharedAnswers | null;
  readonly followers = new FeedFollowers();
  readonly #options: EngineOptions;
  readonly #now: () => number;
  readonly #clock: () => number;
  /** Checks that got no verdict because their limits could not be counted, since the start. */
  uncounted = 0;
  #changeListener: ChangeListener | undefined;

  /** The prefixes of tokens that are accepted. */
  readonly keyPrefixes: readonly string[];

  constructor(options: EngineOptions) {
    this.#options = options;
    this.keyPrefixes = acceptedPrefixes(options.settings);
    this.#now = options.now ?? Date.now;
    this.#clock = options.clock ?? (() => performance.now());
    this.journal = options.journal;
    this.firstAnswers = new FirstAnswers(this.#clock);
    this.sharedAnswers = options.sharedAnswers ?? null;
    this.factStore = new FactStore(options.db, options.settings);
    const { factStore, keyPrefixes } = this;
    // With the shapes before an import, its tokens were not found.
    this.#shapes = new ShapeList(options.db, () => this.imports.forget());
    this.imports = new ImportedTokens({
      db: options.db,
      shapesOf: (token) => shapesOf(this.tokenShapes, keyPrefixes, token),
      hmacSecrets: (options.settings.importHmacSecrets ?? []).map(readHmacSecret),
      secretOf: (hash) => factStore.secrets.get(hash),
      forgetAbsent: (hash) => factStore.secrets.forgetAbsent(hash),
      clock: this.#clock,
    });
    this.serviceTokens = new ServiceTokens({ factStore, keyPrefixes, now: this.#now });
    this.feed = new ChangeFeed({
      db: options.feedDb ?? options.db,
      clock: this.#clock,
      now: this.#now,
      onChanges: (changes) => {
        this.factStore.forget(changes);
        if (changes.some(({ kind }) => kind === "import")) this.#forgetImports();
        this.followers.changed(changes);
      },
      onLost: () => {
        this.factStore.forgetAll();
        this.#forgetImports();
        this.followers.lost();
      },
      onConfirmed: () => this.followers.confirmed(),
      onHealth: (error) => options.onFeedHealth?.(error),
      onApplied: (place) => options.onApplied?.(place),
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
  get trouble(): string | null {
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
    if (this.trouble !== null) throw new VerdictUnavailable(this.trouble);
    return this.factStore.apis.get(slug);
  }

  /**
   * The verdict. Counts the call against its limits but writes nothing: `record` does that. Throws (or rejects with)
   * `VerdictUnavailable`.
   */
  judge(check: Check): MaybePromise<CheckResult> {
    return chain(this.#judgeRules(check), (ruled) => this.#judgeLimits(ruled));
  }

  /**
   * The verdicts on several checks as of one moment, however long the facts of some took to load. A check that had to
   * wait for its limit counters is judged again after the wait.
   */
  judgeAll(checks: readonly Check[]): MaybePromise<CheckResult[]> {
    return chain(this.#judgeAllRules(checks), (ruled) =>
      // In order: an earlier check may use up what a later one needs.
      chainAll(ruled, (one) => this.#judgeLimits(one)),
    );
  }

  /** The denial of a check by any rule except a limit, or null. Consumes and writes nothing. */
  denialOf(check: Check): MaybePromise<CheckResult | null> {
    return chain(this.#judgeRules(check), (ruled) => (ruled.denial ? this.#deny(ruled) : null));
  }

  /** Writes the verdict to the journal, then calls `written` with whether it may be sent. */
  record(result: CheckResult, written: (ok: boolean) => void): void {
    this.journal.append(writeLine(entryOf(result, this.#now())), written);
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

  /** Judges all without a pause: if one had to wait, all are judged again. */
  #judgeAllRules(checks: readonly Check[], tries = MAX_TRIES): MaybePromise<RuleResult[]> {
    const ruled = chainAll(checks, (check) => this.#judgeRules(check, tries));
    return ruled instanceof Promise ? ruled.then(() => this.#judgeAllRules(checks, tries - 1)) : ruled;
  }

  /** Every rule except limits. Facts that had to be waited for are read again: the first may have changed. */
  #judgeRules(check: Check, tries = MAX_TRIES): MaybePromise<RuleResult> {
    if (this.trouble !== null) throw new VerdictUnavailable(this.trouble);
    if (tries === 0) throw new VerdictUnavailable("the data changes faster than it can be read");
    const facts = this.factsOf(check.credential);
    if (facts instanceof Promise) return facts.then(() => this.#judgeRules(check, tries - 1));
    const { request } = check;
    return facts.credential === "known"
      ? { check, facts, denial: evaluateRules(facts, request, this.#nowFor(facts.secret)) }
      : { check, facts: null, denial: denyUnknown(facts, request) };
  }

  #judgeLimits(ruled: RuleResult): MaybePromise<CheckResult> {
    if (ruled.denial !== null) return this.#deny(ruled);
    const { check, facts } = ruled;
    const limits = limitsOf(facts.secret.key, facts.project);
    if (limits.length === 0) return this.#judgeCounts(ruled, []);
    const counted = this.#count({ limits, cost: check.request.cost, nowMs: this.#now(), consume: true });
    return counted instanceof Promise
      ? counted.then((counted) => this.#judgeAfterWait(check, counted))
      : this.#judgeCounts(ruled, counted);
  }

  /** Counters may take seconds: a key revoked or restricted in that time is denied. */
  #judgeAfterWait(check: Check, counted: readonly Counted[]): MaybePromise<CheckResult> {
    return chain(this.#judgeRules(check), (ruled) =>
      ruled.denial === null ? this.#judgeCounts(ruled, counted) : this.#deny(ruled),
    );
  }

  #judgeCounts({ check, facts }: Permitted, counted: readonly Counted[]): CheckResult {
    const nowMs = this.#now();
    const { secretId, key } = facts.secret;
    const verdict = evaluateCounters(facts, check.request, nowMs, counted);
    const trial = verdict.valid ? evaluateReportOnly(key, check.request) : null;
    const limits = verdict.valid ? verdict : limitStates(counted, nowMs);
    return { check, verdict, secretId, trial, limits };
  }

  #deny({ check, facts, denial }: Denied): MaybePromise<CheckResult> {
    const limits = check.reportLimits && facts !== null ? this.#limitsAt(facts) : UNLIMITED;
    return chain(limits, (limits) => ({
      check,
      verdict: denial,
      secretId: facts?.secret.secretId ?? "",
      trial: null,
      limits,
    }));
  }

  #count(take: Take): MaybePromise<Counted[]> {
    const failed = (error: unknown): never => {
      this.uncounted++;
      throw error;
    };
    try {
      const counted = this.limiter.take(take);
      return counted instanceof Promise ? counted.catch(failed) : counted;
    } catch (error) {
      return failed(error);
    }
  }

  /**
   * The state of a denied call's limits. Reads the counters once and consumes nothing. If they are unavailable the
   * denial is returned without them.
   */
  #limitsAt({ secret, project }: KnownFacts): MaybePromise<LimitStates> {
    const limits = limitsOf(secret.key, project);
    if (limits.length === 0) return UNLIMITED;
    const look = { limits, cost: 0, nowMs: this.#now(), consume: false };
    const states = attempt(() =>
      chain(this.limiter.take(look), (counted) => limitStates(counted, this.#now())),
    );
    return states instanceof Promise
      ? withTimeout(LIMIT_STATES_TIMEOUT_MS, states, "").catch(() => UNLIMITED)
      : states;
  }

  /** An older secret ends by the clock of the process that ended it, even if this machine's clock is behind. */
  #nowFor({ overlapEndsAt }: SecretFacts): number {
    return overlapEndsAt === null ? this.#now() : this.latestMs;
  }

  /** The facts of a credential. Throws (or rejects with) `VerdictUnavailable`. */
  factsOf(credential: Credential): MaybePromise<Facts> {
    if ("credential" in credential) return credential;
    const { hash, imported } = credential;
    return chain(this.factStore.secrets.get(hash), (secret): MaybePromise<Facts> => {
      if (secret !== null || imported === undefined) return this.#factsAbout(secret);
      return chain(this.imports.find(hash, imported), (found) =>
        found === "busy" ? { credential: "unverified" } : this.#factsAbout(found),
      );
    });
  }

  #factsAbout(secret: LoadedSecret | null): MaybePromise<Facts> {
    if (secret === null) return { credential: "unknown" };
    if (!secret.enforceable)
      throw new VerdictUnavailable("the key has restrictions that this version does not support");
    return chain(this.factStore.projects.get(secret.key.projectId), (project): Facts => {
      if (project === null) throw new VerdictUnavailable("the key has no project");
      return { credential: "known", secret, project };
    });
  }

  #forgetImports(): void {
    this.imports.forget();
    this.#shapes.refresh();
  }
}
