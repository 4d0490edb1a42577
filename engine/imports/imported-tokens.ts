import { pendingDigestsOf, placeholderHash } from "#core/imported-hash.ts";
import { type DeclaredShape, importedHint } from "#core/token-shape.ts";
import type { Db } from "#db/open.ts";
import { leastRecent } from "#platform/least-recent.ts";
import { chain, chainAll, type MaybePromise } from "#platform/maybe-promise.ts";
import { BatchReader } from "../cache/batch-reader.ts";
import type { LoadedSecret } from "../cache/compile-facts.ts";
import { FactCache } from "../cache/fact-cache.ts";
import { CompareBudget } from "./compare-budget.ts";
import type { FirstUse } from "./first-uses.ts";
import { type Candidates, compareImports, type ImportCandidate, loadCandidates } from "./load-imports.ts";
import { type SlowComparison, SlowHashes } from "./slow-hashes.ts";

/** A text that has a declared shape, of which no secret has the SHA-256 (yet). */
export interface ImportedToken {
  token: string;
  shapes: readonly DeclaredShape[];
}

/** The secret of a token; null if there is none; `busy` if that can't be found out now: try again in a second. */
export type ImportLookup = LoadedSecret | "busy" | null;

/** What was found out about a token, by its SHA-256. */
type Outcome = { secretId: string } | { busyUntil: number } | "none";

type PossibleImport = ImportCandidate & { digest: string };

const MAX_OUTCOMES = 20_000;
const MAX_CANDIDATES = 10_000;
const MAX_UNSTORED = 10_000;
const MAX_STORED_AT_ONCE = 500;
/** A token that could not be compared is not tried again for this long, ms. */
const BUSY_MS = 500;
const CANDIDATE_BYTES = 300;
/** As for keys: see `fact-store.ts`. */
const READS = { maxConcurrent: 4, maxKeys: 500, maxWaiting: 4_000, minIntervalMs: 5 };

interface ImportedTokensOptions {
  db: Db;
  hmacSecrets: readonly Buffer[];
  /** The declared shapes that a token has now. */
  shapesOf: (token: string) => readonly DeclaredShape[];
  /** The facts of the secret with this hash. */
  secretOf: (hash: string) => MaybePromise<LoadedSecret | null>;
  /** Drops what is known about a hash that did not exist, or that another secret had. */
  forgetHash: (hash: string, holder: LoadedSecret | null) => void;
  /** Monotonic, ms. */
  clock: () => number;
}

/** Finds imported tokens until their first use. From then on, they are found by their SHA-256 like any other. */
export class ImportedTokens {
  readonly #options: ImportedTokensOptions;
  readonly #candidates: FactCache<Candidates>;
  readonly #outcomes = leastRecent<Outcome>(MAX_OUTCOMES);
  readonly #searches = new Map<string, Promise<void>>();
  /** Slow comparisons without a match, so that a token whose search is interrupted does not begin again. */
  readonly #unequal = leastRecent<true>(MAX_OUTCOMES);
  readonly #budget: CompareBudget;
  readonly #slowHashes: SlowHashes;
  /** By id of the secret. A use that can't be stored is noted again with the next request. */
  readonly #firstUses = new Map<string, FirstUse>();
  /** Counts imports: what was found out before one may be wrong after it. */
  #generation = 0;
  /** Slow comparisons since the start, and those that were skipped because of their maximum per second. */
  compared = 0;
  postponed = 0;

  constructor(options: ImportedTokensOptions) {
    this.#options = options;
    this.#budget = new CompareBudget(options.clock);
    this.#slowHashes = new SlowHashes(options.clock);
    const reader = new BatchReader({ ...READS, readMany: (digests) => loadCandidates(options.db, digests) });
    this.#candidates = new FactCache({
      max: MAX_CANDIDATES,
      maxAbsent: MAX_CANDIDATES,
      maxBytes: MAX_CANDIDATES * CANDIDATE_BYTES,
      bytesOf: ({ all }) => all.length * CANDIDATE_BYTES,
      load: (digest) => reader.read(digest),
      subjectsOf: () => [],
    });
  }

  /** Tokens were imported, or used for the first time at another verifier, or the shapes were read again. */
  forget(): void {
    this.#generation++;
    this.#candidates.clear();
    this.#outcomes.clear();
  }

  stop(): Promise<void> {
    return this.#slowHashes.stop();
  }

  /** The first uses to store now, few enough that storing them does not hold up a cycle. The others wait for the next. */
  takeFirstUses(): FirstUse[] {
    const uses = [...this.#firstUses.values()].slice(0, MAX_STORED_AT_ONCE);
    for (const { secretId } of uses) this.#firstUses.delete(secretId);
    return uses;
  }

  /**
   * `hash`: the SHA-256 of the token. `holder`: the secret that has it, if that was imported and not used since: an
   * earlier import of the same token by another hash is found instead. Rejects with `VerdictUnavailable` if the database
   * can't be read.
   */
  find(hash: string, imported: ImportedToken, holder: LoadedSecret | null): MaybePromise<ImportLookup> {
    const outcome = this.#outcomeOf(hash);
    if (outcome === "busy") return "busy";
    if (typeof outcome === "object") return this.#secretOf(outcome.secretId, hash, imported, holder);
    if (outcome === "none" || imported.shapes.every(({ pending }) => pending.length === 0)) {
      if (holder !== null) this.#noteFirstUse(holder.secretId, hash, imported);
      return holder;
    }
    return chain(this.#candidatesOf(imported, holder), (candidates) => {
      if (!this.#mustWait(candidates, holder))
        return this.#search(hash, imported, holder).then(() => this.find(hash, imported, holder));
      this.postponed++;
      return "busy";
    });
  }

  #outcomeOf(hash: string): { secretId: string } | "busy" | "none" | undefined {
    const outcome = this.#outcomes.get(hash);
    if (outcome === undefined || outcome === "none" || "secretId" in outcome) return outcome;
    return this.#options.clock() < outcome.busyUntil ? "busy" : undefined;
  }

  #secretOf(
    secretId: string,
    hash: string,
    imported: ImportedToken,
    holder: LoadedSecret | null,
  ): MaybePromise<ImportLookup> {
    const { secretOf, forgetHash } = this.#options;
    return chain(secretOf(placeholderHash(secretId)), (secret): MaybePromise<ImportLookup> => {
      if (secret !== null) {
        this.#noteFirstUse(secretId, hash, imported);
        return secret;
      }
      // The first use was stored meanwhile: the token is found by its SHA-256 now.
      this.#outcomes.delete(hash);
      forgetHash(hash, holder);
      return secretOf(hash);
    });
  }

  #noteFirstUse(secretId: string, hash: string, { token, shapes }: ImportedToken): void {
    if (this.#firstUses.size >= MAX_UNSTORED) return;
    const [shape = { prefix: "" }] = shapes;
    this.#firstUses.set(secretId, { secretId, hash, hint: importedHint(shape, token, token) });
  }

  /** Finds out whose token it is, once for all requests that ask at the same time. */
  #search(hash: string, { token }: ImportedToken, holder: LoadedSecret | null): Promise<void> {
    const running = this.#searches.get(hash);
    if (running) return running;
    // Not the shapes that the request found: they may lack an import that `forget` has announced since.
    const shapes = this.#options.shapesOf(token);
    const search = this.#find(hash, { token, shapes }, holder).finally(() => this.#searches.delete(hash));
    const generation = this.#generation;
    const noted = search.then((outcome) => {
      // Only that nothing was found can be wrong after an import: then the next try finds out again. A match stays one,
      // and first uses end others' searches every second: without it, slow hashes would be compared again and again.
      // A holder is not affected by later imports.
      if (outcome !== "none" || holder !== null || generation === this.#generation)
        this.#outcomes.set(hash, outcome);
    });
    this.#searches.set(hash, noted);
    return noted;
  }

  /** The imports that may have the token, the oldest first; with a holder, only those that are older than it. */
  #candidatesOf(
    { token, shapes }: ImportedToken,
    holder: LoadedSecret | null,
  ): MaybePromise<PossibleImport[]> {
    const pending = [...new Set(shapes.flatMap((shape) => shape.pending))];
    const digests = pendingDigestsOf(token, pending, this.#options.hmacSecrets);
    const held = holder && { secretId: holder.secretId, importedAt: holder.unconfirmedSince ?? 0 };
    const found = chainAll(digests, ({ digest }) => this.#candidates.get(digest));
    return chain(found, (each) =>
      each
        .flatMap((known) => known?.all.map((candidate) => ({ ...candidate, digest: known.digest })) ?? [])
        .filter((candidate) => held === null || compareImports(candidate, held) < 0)
        .sort(compareImports),
    );
  }

  /** Whether the first comparison may not start now. Known before a search, so that junk costs little. */
  #mustWait(candidates: readonly PossibleImport[], holder: LoadedSecret | null): boolean {
    const [oldest] = candidates;
    return (
      oldest !== undefined && !isProven(candidates, holder) && !this.#budget.mayStart(oldest.digest, false)
    );
  }

  /** The oldest import that has the token. */
  async #find(hash: string, imported: ImportedToken, holder: LoadedSecret | null): Promise<Outcome> {
    const { token } = imported;
    const candidates = await this.#candidatesOf(imported, holder);
    const proven = isProven(candidates, holder);
    for (const candidate of candidates) {
      const pair = `${hash} ${candidate.secretId}`;
      if (this.#unequal.has(pair)) continue;
      const matches =
        candidate.slow === null ||
        (await this.#compare({ ...candidate.slow, token }, candidate.digest, proven));
      if (matches === false) this.#unequal.set(pair, true);
      if (matches) return { secretId: candidate.secretId };
      // Without this comparison, the oldest import is unknown.
      if (matches === null) return { busyUntil: this.#options.clock() + BUSY_MS };
    }
    return "none";
  }

  /** Null if the comparison has to wait. */
  async #compare(comparison: SlowComparison, lookup: string, isProven: boolean): Promise<boolean | null> {
    if (!this.#budget.take(lookup, isProven)) {
      this.postponed++;
      return null;
    }
    this.compared++;
    return this.#slowHashes.compare(comparison, { first: isProven });
  }
}

/**
 * Whether a fast hash has found the token. Only older imports by slow hashes are left to compare then, and junk does not
 * delay that.
 */
function isProven(candidates: readonly PossibleImport[], holder: LoadedSecret | null): boolean {
  return holder !== null || candidates.some(({ slow }) => slow === null);
}
