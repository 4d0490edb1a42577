import { type ClockTimes, elapsedMs, NEVER, shifted } from "../clock.ts";
import type { AccessTokenClaims } from "./json-web-token.ts";

/** An entry of `GET /api/v1/revocations`. */
interface Revocation {
  keyId?: string;
  secretId?: string;
  projectId?: string;
  jti?: string;
  /** ISO 8601; null for all tokens. */
  issuedBefore: string | null;
  until: string;
}

/** The answer of `GET /api/v1/revocations`. */
export interface RevocationsAnswer {
  complete: boolean;
  cursor: string;
  more: boolean;
  asOf: string;
  /** How old `asOf` was when this was answered, ms. */
  lagMs: number;
  entries: Revocation[];
}

export function isRevocationsAnswer(value: unknown): value is RevocationsAnswer {
  const { cursor, complete, more, asOf, lagMs, entries } = (value ?? {}) as Partial<RevocationsAnswer>;
  return (
    typeof cursor === "string" &&
    typeof complete === "boolean" &&
    typeof more === "boolean" &&
    typeof asOf === "string" &&
    !Number.isNaN(Date.parse(asOf)) &&
    typeof lagMs === "number" &&
    Array.isArray(entries)
  );
}

/** A verifier's clock that falls back by more than this, ms, was ahead before. A slow answer explains less. */
const CLOCK_STEP_MS = 5_000;

/** The list of revocations, and how old it is. */
export class Revocations {
  #entries = new Map<string, Revocation>();
  /** A complete list of which more pages are to come; null if there is none. */
  #incoming: Map<string, Revocation> | null = null;
  #cursor: string | null = null;
  /** All revocations before this moment are known. */
  #confirmedAt = NEVER;
  /** Epoch ms by the verifier's clock at monotonic 0, at least. */
  #epoch = Number.NEGATIVE_INFINITY;

  /** Where the next request goes on; null to read all. */
  get cursor(): string | null {
    return this.#cursor;
  }

  /** All revocations up to this long before `now` are known, ms. Infinity if none are. */
  ageMs(now: ClockTimes): number {
    return elapsedMs(this.#confirmedAt, now);
  }

  /** Epoch ms by the verifier's clock, or earlier: by as much as the machine slept since the last answer. */
  serverTime({ monotonicMs }: ClockTimes): number {
    return this.#epoch + monotonicMs;
  }

  /** Takes over the answer to a request that was sent and received at these moments. */
  apply(
    answer: RevocationsAnswer,
    { sentAt, receivedAt }: { sentAt: ClockTimes; receivedAt: ClockTimes },
  ): void {
    if (answer.complete) this.#incoming = new Map();
    const isComplete = this.#incoming !== null;
    const target = this.#incoming ?? this.#entries;
    for (const entry of answer.entries) target.set(subjectOf(entry), entry);
    this.#cursor = answer.cursor;
    if (answer.more) return;
    this.#entries = target;
    this.#incoming = null;
    // The time of the answer, not `asOf`: entries that were over by then are not listed.
    const epoch = Date.parse(answer.asOf) + answer.lagMs - receivedAt.monotonicMs;
    if (!isComplete && epoch < this.#epoch - CLOCK_STEP_MS) {
      // The verifier's clock was ahead, and entries were forgotten too early: all of them are read again.
      this.#cursor = null;
      return;
    }
    this.#confirmedAt = shifted(sentAt, -answer.lagMs);
    this.#epoch = isComplete ? epoch : Math.max(this.#epoch, epoch);
    const nowMs = this.serverTime(receivedAt);
    for (const [subject, { until }] of this.#entries)
      if (Date.parse(until) < nowMs) this.#entries.delete(subject);
  }

  /** Whether a token with these claims is revoked. */
  has({ sub, jti, iat, latchkey }: AccessTokenClaims): boolean {
    const about: Omit<Revocation, "issuedBefore" | "until">[] = [
      { keyId: sub },
      { keyId: sub, secretId: latchkey.secret },
      { projectId: latchkey.project },
      { jti },
    ];
    return about.some((subject) => {
      const entry = this.#entries.get(subjectOf(subject));
      if (entry === undefined) return false;
      return entry.issuedBefore === null || iat * 1_000 < Date.parse(entry.issuedBefore);
    });
  }
}

function subjectOf({ keyId, secretId, projectId, jti }: Omit<Revocation, "issuedBefore" | "until">): string {
  return JSON.stringify([keyId, secretId, projectId, jti]);
}
