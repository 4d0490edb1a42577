/** A change of the verdict on `subject`. All times are of one monotonic clock, ms. */
export interface Change {
  /** One of a key's secrets. */
  subject: string;
  /** The verdict's code from then on. */
  code: string;
  requestedAt: number;
  /** Null when no response came: the change may have happened, may still happen, or may not. */
  acknowledgedAt: number | null;
}

export interface Answer {
  verifier: string;
  subject: string;
  startedAt: number;
  endedAt: number;
  status: number;
  contentType: string;
  /** Null when the response is not a verdict. */
  code: string | null;
}

/** A period of one verifier, or of all when `verifier` is left out. `to` may be Infinity. */
export interface Span {
  verifier?: string;
  from: number;
  to: number;
}

/** How many checks of `subject` may pass in any window (for a quota: in total), over all verifiers. */
export interface Limited {
  subject: string;
  limit: number;
  windowMs: number;
}

/** Everything that a run did and observed. */
export interface History {
  /** The first change of each subject is its creation. */
  changes: Change[];
  answers: Answer[];
  /** When a verifier could not reach the database. */
  disconnections: Span[];
  /** When a 503 is allowed, and for which secrets (all when left out). */
  outages: (Span & { subjects?: (subject: string) => boolean })[];
  limited: Limited[];
  /** When limits were counted in two places, so that twice the limit may pass. */
  uncertain: Span[];
  /** LATCHKEY_STALE_MAX_SECONDS, in ms. */
  staleMaxMs: number;
}

/** A revocation takes effect everywhere this long after it was acknowledged (docs/operate/failures.md). */
const MAX_PROPAGATION_MS = 1_000;
/** How late a busy test machine may notice a response. */
const MEASUREMENT_DELAY_MS = 1_000;

/** Describes each answer that violates the rules. */
export function findViolations(history: History): string[] {
  const bySubject = Map.groupBy(history.changes, (change) => change.subject);
  return history.answers.flatMap((answer) => {
    if (answer.code === null) return isAllowedFailure(answer, history) ? [] : [describeAnswer(answer)];
    const changes = bySubject.get(answer.subject) ?? [];
    const possible = possibleCodes(answer, changes, history);
    if (possible.has("VALID")) for (const code of limitCodes(answer.subject, history)) possible.add(code);
    if (possible.has(answer.code)) return [];
    const before = changes.filter((change) => change.requestedAt <= answer.endedAt).slice(-3);
    return [
      `${describeAnswer(answer)}, where the only allowed codes are ${[...possible].join(" or ")} after ${before.map(describeChange)}`,
    ];
  });
}

/** Describes each window in which more checks passed than the limit allows. Counts checks that lie fully in it. */
export function findExcess({ answers, limited, uncertain }: History): string[] {
  return limited.flatMap(({ subject, limit, windowMs }) => {
    const passed = answers.filter((answer) => answer.subject === subject && answer.code === "VALID");
    return passed.flatMap(({ startedAt: from }) => {
      const to = from + windowMs;
      const within = passed.filter((answer) => answer.startedAt >= from && answer.endedAt < to).length;
      const isUncertain = uncertain.some((span) => span.from <= to && span.to >= from);
      if (within <= (isUncertain ? 2 * limit : limit)) return [];
      return [`${within} of ${subject} passed from ${Math.round(from)} to ${Math.round(to)} ms`];
    });
  });
}

function limitCodes(subject: string, { limited }: History): string[] {
  return limited.some((one) => one.subject === subject) ? ["RATE_LIMITED", "QUOTA_EXCEEDED"] : [];
}

/** The only allowed failure is a 503 problem during or just after an outage. */
function isAllowedFailure(answer: Answer, { outages }: History): boolean {
  const { verifier, subject, startedAt, endedAt } = answer;
  if (answer.status !== 503 || !answer.contentType.startsWith("application/problem+json")) return false;
  return outages.some(
    ({ from, to, subjects, ...span }) =>
      appliesTo({ ...span, from, to }, verifier) &&
      (subjects?.(subject) ?? true) &&
      startedAt <= to &&
      endedAt >= from,
  );
}

/** The codes that are allowed: those of every requested state that is not certainly superseded. */
function possibleCodes(answer: Answer, changes: Change[], history: History): Set<string> {
  const possible = new Set<string>();
  let superseded = false;
  for (const change of changes.toReversed()) {
    if (change.requestedAt > answer.endedAt) continue;
    if (!superseded) possible.add(change.code);
    superseded ||= isCertainlyKnown(change, answer, history);
  }
  return possible;
}

function isCertainlyKnown(change: Change, answer: Answer, { disconnections, staleMaxMs }: History): boolean {
  if (change.acknowledgedAt === null) return false;
  let deadline = change.acknowledgedAt + MAX_PROPAGATION_MS;
  for (const cut of disconnections) {
    if (!appliesTo(cut, answer.verifier) || cut.from > deadline || cut.to < change.acknowledgedAt) continue;
    deadline = Math.max(deadline, Math.min(cut.from + staleMaxMs, cut.to + MAX_PROPAGATION_MS));
  }
  return answer.startedAt > deadline || answer.endedAt > deadline + MEASUREMENT_DELAY_MS;
}

const appliesTo = (span: Span, verifier: string) => span.verifier === undefined || span.verifier === verifier;

function describeAnswer({
  verifier,
  subject,
  code,
  status,
  contentType,
  startedAt,
  endedAt,
}: Answer): string {
  const when = `${Math.round(startedAt)} to ${Math.round(endedAt)} ms`;
  return `${verifier} answered ${code ?? `${status} (${contentType})`} for ${subject} at ${when}`;
}

function describeChange({ code, requestedAt, acknowledgedAt }: Change): string {
  return ` ${code} (${Math.round(requestedAt)} to ${acknowledgedAt === null ? "?" : Math.round(acknowledgedAt)} ms)`;
}

/** Number of checks by key and code. */
export type Counts = Map<string, number>;

/**
 * Describes answers that were not counted exactly once. `lost` is the number of checks without a response: each may
 * have been written to the journal before its connection broke.
 */
export function findMiscounts(answered: Counts, counted: Counts, lost: number): string[] {
  const wrong: string[] = [];
  let extra = 0;
  for (const name of new Set([...answered.keys(), ...counted.keys()])) {
    const [seen, noted] = [answered.get(name) ?? 0, counted.get(name) ?? 0];
    if (noted < seen) wrong.push(`${name}: ${seen} answered, ${noted} counted`);
    extra += Math.max(0, noted - seen);
  }
  if (extra > lost) wrong.push(`${extra} counted without an answer, but only ${lost} lost their response`);
  return wrong;
}
