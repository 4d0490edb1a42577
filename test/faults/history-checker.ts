/** A change of what the verdict on `subject` is. Times are of one monotonic clock, ms. */
export interface Change {
  /** What is sent with a check: one of a key's secrets. */
  subject: string;
  /** The verdict's code from then on. */
  code: string;
  askedAt: number;
  /** Null where no answer came: it may have happened, now or later, or not at all. */
  answeredAt: number | null;
}

export interface Answer {
  verifier: string;
  subject: string;
  startedAt: number;
  endedAt: number;
  status: number;
  contentType: string;
  /** Null for what is no verdict. */
  code: string | null;
}

/** From when to when: of one verifier, or of all. `to` may be Infinity. */
export interface Span {
  verifier?: string;
  from: number;
  to: number;
}

/** How many checks of `subject` may pass in any span of the window (a quota's: in all), whichever verifiers answer. */
export interface Limited {
  subject: string;
  limit: number;
  windowMs: number;
}

/** All that a run did and saw. */
export interface History {
  /** The first of each subject is its making. */
  changes: Change[];
  answers: Answer[];
  /** When a verifier could not reach the database. */
  cuts: Span[];
  /** When 503 is an answer that the contract allows, and to checks of which secrets; of all when left out. */
  outages: (Span & { subjects?: (subject: string) => boolean })[];
  limited: Limited[];
  /** When limits were counted in two places, and may be given out twice. */
  unsure: Span[];
  /** LATCHKEY_STALE_MAX_SECONDS, in ms. */
  staleMaxMs: number;
}

/** A revocation is known everywhere so long after it was answered (contract, section 8). */
const BOUND_MS = 1_000;
/** What the machine that tests may be late in noticing that an answer came. */
const NOTICING_MS = 1_000;

/** What is against the contract in all that was answered, in words; empty when nothing is. */
export function findViolations(history: History): string[] {
  const bySubject = Map.groupBy(history.changes, (change) => change.subject);
  return history.answers.flatMap((answer) => {
    if (answer.code === null) return isAllowedFailure(answer, history) ? [] : [inWords(answer)];
    const changes = bySubject.get(answer.subject) ?? [];
    const possible = codesPossible(answer, changes, history);
    if (possible.has("VALID")) for (const code of limitCodes(answer.subject, history)) possible.add(code);
    if (possible.has(answer.code)) return [];
    const before = changes.filter((change) => change.askedAt <= answer.endedAt).slice(-3);
    return [`${inWords(answer)}, which only may be ${[...possible].join(" or ")} after ${before.map(told)}`];
  });
}

/** Where more passed in some span of a window than may: of what was asked and answered in it all. */
export function findExcess({ answers, limited, unsure }: History): string[] {
  return limited.flatMap(({ subject, limit, windowMs }) => {
    const passed = answers.filter((answer) => answer.subject === subject && answer.code === "VALID");
    return passed.flatMap(({ startedAt: from }) => {
      const to = from + windowMs;
      const within = passed.filter((answer) => answer.startedAt >= from && answer.endedAt < to).length;
      const isUnsure = unsure.some((span) => span.from <= to && span.to >= from);
      if (within <= (isUnsure ? 2 * limit : limit)) return [];
      return [`${within} of ${subject} passed from ${Math.round(from)} to ${Math.round(to)} ms`];
    });
  });
}

function limitCodes(subject: string, { limited }: History): string[] {
  return limited.some((one) => one.subject === subject) ? ["RATE_LIMITED", "QUOTA_EXCEEDED"] : [];
}

/** No failure but 503 with a problem, and that one only while or just after something is broken. */
function isAllowedFailure(answer: Answer, { outages }: History): boolean {
  const { verifier, subject, startedAt, endedAt } = answer;
  if (answer.status !== 503 || !answer.contentType.startsWith("application/problem+json")) return false;
  return outages.some(
    ({ from, to, subjects, ...span }) =>
      isOf({ ...span, from, to }, verifier) &&
      (subjects?.(subject) ?? true) &&
      startedAt <= to &&
      endedAt >= from,
  );
}

/** The codes that the contract allows: of any state asked for by then and not surely overtaken. */
function codesPossible(answer: Answer, changes: Change[], history: History): Set<string> {
  const possible = new Set<string>();
  let overtaken = false;
  for (const change of changes.toReversed()) {
    if (change.askedAt > answer.endedAt) continue;
    if (!overtaken) possible.add(change.code);
    overtaken ||= isSurelyKnown(change, answer, history);
  }
  return possible;
}

function isSurelyKnown(change: Change, answer: Answer, { cuts, staleMaxMs }: History): boolean {
  if (change.answeredAt === null) return false;
  let deadline = change.answeredAt + BOUND_MS;
  for (const cut of cuts) {
    if (!isOf(cut, answer.verifier) || cut.from > deadline || cut.to < change.answeredAt) continue;
    deadline = Math.max(deadline, Math.min(cut.from + staleMaxMs, cut.to + BOUND_MS));
  }
  return answer.startedAt > deadline || answer.endedAt > deadline + NOTICING_MS;
}

const isOf = (span: Span, verifier: string) => span.verifier === undefined || span.verifier === verifier;

function inWords({ verifier, subject, code, status, contentType, startedAt, endedAt }: Answer): string {
  const when = `${Math.round(startedAt)} to ${Math.round(endedAt)} ms`;
  return `${verifier} answered ${code ?? `${status} (${contentType})`} for ${subject} at ${when}`;
}

function told({ code, askedAt, answeredAt }: Change): string {
  return ` ${code} (${Math.round(askedAt)} to ${answeredAt === null ? "?" : Math.round(answeredAt)} ms)`;
}

/** How often a key's checks were answered with a code, or counted. */
export type Counts = Map<string, number>;

/**
 * Whether every answer was counted once. `lost` is how many checks were sent and broke off: each may have been
 * written down before its answer could leave.
 */
export function findMiscounts(answered: Counts, counted: Counts, lost: number): string[] {
  const wrong: string[] = [];
  let more = 0;
  for (const what of new Set([...answered.keys(), ...counted.keys()])) {
    const [seen, noted] = [answered.get(what) ?? 0, counted.get(what) ?? 0];
    if (noted < seen) wrong.push(`${what}: ${seen} answered, ${noted} counted`);
    more += Math.max(0, noted - seen);
  }
  if (more > lost) wrong.push(`${more} counted that were not answered, where ${lost} broke off`);
  return wrong;
}
