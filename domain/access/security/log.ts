import { iso } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { type AuditEntry, recordAudit } from "../../audit/record.ts";
import type { Actor, SecurityRecorder } from "../../context.ts";
import { isSecurityAction, LEFT_OUT, type SecurityEvent } from "./events.ts";
import { type EventLimit, EventLimiter } from "./limiter.ts";

/** One line of the log: an event and ids, no names and no secrets. */
export type SecurityLine = { event: string } & Record<string, string | number | boolean | null>;

interface Sinks {
  db: Db;
  /** Epoch ms. */
  now: () => number;
  /** `alarming` where something was refused or is unusual. */
  line: (line: SecurityLine, alarming: boolean) => void;
  /** An event that could not be written into the audit log; its line is in the log all the same. */
  onError: (error: unknown) => void;
}

const NOTED: EventLimit = { total: 100, perSource: 10 };
/** Kept more freely: only who has an account can cause them. */
const SIGN_INS: EventLimit = { total: 1_000, perSource: 60 };

/**
 * Security events as lines of the log and rows of the audit log, limited so that no flood fills either; how many were
 * left out is told when their window ends. One a process.
 */
export class SecurityLog implements SecurityRecorder {
  readonly #sinks: Sinks;
  readonly #limiter = new EventLimiter((event) => (event === "user.signed-in" ? SIGN_INS : NOTED));
  #writing: Promise<void> = Promise.resolve();

  constructor(sinks: Sinks) {
    this.#sinks = sinks;
  }

  /** Notes an event that changed nothing. Returns at once; the row is written soon after. */
  note(actor: Actor, { event, source, subject, facts }: SecurityEvent): void {
    if (!this.admits(event, source)) return;
    this.#sinks.line({ event, ...actorFacts(actor), subject: subject.id, ...facts }, true);
    // Nobody used a link: whoever was refused only came by.
    const via = actor.kind === "visitor" ? { via: "visitor" } : {};
    this.#write(actor, { action: event, subject, after: facts, ...via });
  }

  /** Whether one more of this event is to be recorded; counts it either way. */
  admits(event: string, source: string): boolean {
    return this.#limiter.admit(event, source, this.#sinks.now());
  }

  /** Logs changes of an audit log that are security events, once they are committed. */
  committed(actor: Actor, entries: readonly AuditEntry[]): void {
    for (const { action, subject, projectId = null } of entries) {
      if (!isSecurityAction(action)) continue;
      this.#sinks.line({ event: action, ...actorFacts(actor), subject: subject.id, projectId }, false);
    }
  }

  /** Tells what was left out in windows that are over (with `all`, in those that run too). */
  tellLeftOut(all = false): Promise<void> {
    for (const { event, count, since } of this.#limiter.takeLeftOut(this.#sinks.now(), all)) {
      const facts = { of: event, leftOut: count, since: iso(since) };
      this.#sinks.line({ event: LEFT_OUT, ...facts }, true);
      this.#write(
        { kind: "system" },
        { action: LEFT_OUT, subject: { id: event, name: event }, after: facts },
      );
    }
    return this.settled();
  }

  /** Resolves when all that was noted is written. */
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
  if (actor.kind === "visitor") return { actor: null, via: "visitor", address: actor.address };
  return {
    actor: actor.userId,
    via: actor.via,
    address: actor.address,
    ...(actor.token && { tokenId: actor.token.id }),
  };
}
