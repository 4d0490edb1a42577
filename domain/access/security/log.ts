import { iso } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { type AuditEntry, recordAudit } from "../../audit/record.ts";
import { type Actor, identityOf, type SecurityRecorder } from "../../context.ts";
import { EVENTS_OMITTED, isSecurityAction, type SecurityEvent } from "./events.ts";
import { type EventLimit, EventLimiter } from "./limiter.ts";

/** A log line: the event and ids, without names or secrets. */
export type SecurityLine = { event: string } & Record<string, string | number | boolean | null>;

interface Sinks {
  db: Db;
  /** Epoch ms. */
  now: () => number;
  /** `alarming`: something was denied or is unusual. */
  line: (line: SecurityLine, alarming: boolean) => void;
  /** Called if an event could not be written to the audit log. Its log line exists anyway. */
  onError: (error: unknown) => void;
}

const NOTED: EventLimit = { total: 100, perSource: 10 };
/** A higher limit, because only users with an account cause them. */
const SIGN_INS: EventLimit = { total: 1_000, perSource: 60 };

/**
 * Writes security events to the log and to the audit log. A limit keeps a flood from filling either; the number of
 * omitted events is logged when their window ends. One instance per process.
 */
export class SecurityLog implements SecurityRecorder {
  readonly #sinks: Sinks;
  readonly #limiter = new EventLimiter((event) => (event === "user.signed-in" ? SIGN_INS : NOTED));
  #writing: Promise<void> = Promise.resolve();

  constructor(sinks: Sinks) {
    this.#sinks = sinks;
  }

  /** Records an event that changed nothing. Returns immediately; the audit row is written soon after. */
  record(actor: Actor, { event, source, subject, facts }: SecurityEvent): void {
    if (!this.admits(event, source)) return;
    this.#sinks.line({ event, ...actorFacts(actor), subject: subject.id, ...facts }, true);
    // The default for visitors is "link", but no link was used.
    const via = actor.kind === "visitor" ? { via: "visitor" } : {};
    this.#write(actor, { action: event, subject, after: facts, ...via });
  }

  /** Counts the event and returns whether to record it. */
  admits(event: string, source: string): boolean {
    return this.#limiter.admit(event, source, this.#sinks.now());
  }

  /** Logs committed audit entries that are security events. */
  committed(actor: Actor, entries: readonly AuditEntry[]): void {
    for (const { action, subject, projectId = null } of entries) {
      if (!isSecurityAction(action)) continue;
      this.#sinks.line({ event: action, ...actorFacts(actor), subject: subject.id, projectId }, false);
    }
  }

  /** Logs what finished windows omitted (with `all`, also running ones). */
  reportOmitted(all = false): Promise<void> {
    for (const { event, count, since } of this.#limiter.takeOmitted(this.#sinks.now(), all)) {
      const facts = { of: event, leftOut: count, since: iso(since) };
      this.#sinks.line({ event: EVENTS_OMITTED, ...facts }, true);
      this.#write(
        { kind: "system" },
        { action: EVENTS_OMITTED, subject: { id: event, name: event }, after: facts },
      );
    }
    return this.settled();
  }

  /** Resolves when all recorded events are written. */
  settled(): Promise<void> {
    return this.#writing;
  }

  #write(actor: Actor, entry: AuditEntry): void {
    const { db, now, onError } = this.#sinks;
    const at = now();
    this.#writing = this.#writing
      .then(() => db.write((tx) => recordAudit(tx, { actor, now: () => at }, entry)))
      .catch(onError);
  }
}

function actorFacts(actor: Actor): Record<string, string | null> {
  if (actor.kind === "system") return { actor: null, via: "system", address: null };
  if (actor.kind === "visitor") return { actor: null, via: "visitor", address: actor.ipAddress };
  if (actor.kind === "scim") return { actor: actor.tokenId, via: "scim", address: actor.ipAddress };
  return {
    actor: identityOf(actor).id,
    via: actor.kind === "project" ? "token" : actor.via,
    address: actor.ipAddress,
    ...(actor.token && { tokenId: actor.token.id }),
  };
}
