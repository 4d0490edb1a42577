import { isNotNull, isNull } from "drizzle-orm";
import type { Dialect } from "../dialect.ts";

/** `import`: tokens exist now that may have been looked up before. Its subject is the project. */
export type ChangeKind = "key" | "project" | "api" | "serviceToken" | "import";

/** Ranges of change numbers, each from and to. */
export type FeedGaps = [from: number, to: number][];

/** A credential that a form created or rotated, without its secret. Pages name it if the response was lost. */
export interface CreatedCredential {
  kind: "key" | "managementToken" | "serviceToken" | "scimToken" | "webhook" | "invitation" | "project";
  id: string;
  name: string;
  /** Empty if the kind has none. */
  hint: string;
  projectId: string | null;
}

/** The change feed for verifiers, the audit log for people, and each verifier's heartbeat. */
export function defineAudit(d: Dialect) {
  /** Every change that can alter a verdict, written in the transaction of that change. */
  const changes = d.table("changes", {
    seq: d.sequence("seq"),
    kind: d.text<ChangeKind>("kind").notNull(),
    /** The id of what changed. */
    subject: d.text("subject").notNull(),
    at: d.instant("at").notNull(),
  });

  /** Who did what. Triggers prevent changes and deletions; only sealing and the redaction of names are allowed. */
  const audit = d.table(
    "audit",
    {
      seq: d.sequence("seq"),
      id: d.text("id").notNull().unique(),
      at: d.instant("at").notNull(),
      /** A user's id, or null for the system and for people who have not signed in. */
      actorId: d.text("actor_id"),
      actorName: d.text("actor_name").notNull(),
      /** How the actor authenticated: `session`, `token`, `cli`, `link`, `visitor`, `system`. */
      via: d.text("via").notNull(),
      address: d.text("address"),
      action: d.text("action").notNull(),
      projectId: d.text("project_id"),
      subjectId: d.text("subject_id").notNull(),
      subjectName: d.text("subject_name").notNull(),
      /** The fields that changed, before and after; never a secret. */
      before: d.json<Record<string, unknown>>("before"),
      after: d.json<Record<string, unknown>>("after"),
      /** Its position in the chain, from 1 without gaps, once it is sealed. */
      chain: d.integer("chain"),
      /** SHA-256 over the hash before it and everything above; see `domain/audit/chain.ts`. */
      hash: d.text("hash"),
      /** The audit row of the deletion that removed personal data from this row; null if it is as written. */
      redactedBy: d.text("redacted_by"),
    },
    (t) => [
      d.index("audit_project").on(t.projectId, t.seq),
      d.index("audit_subject").on(t.subjectId, t.seq),
      d.index("audit_actor").on(t.actorId, t.seq),
      d.index("audit_action").on(t.action, t.seq),
      d.index("audit_at").on(t.at),
      d.uniqueIndex("audit_chain").on(t.chain),
      d.index("audit_unsealed").on(t.seq).where(isNull(t.chain)),
      d.index("audit_redacted").on(t.redactedBy, t.chain).where(isNotNull(t.redactedBy)),
    ],
  );

  const verifiers = d.table("verifiers", {
    id: d.text("id").primaryKey(),
    address: d.text("address").notNull(),
    version: d.text("version").notNull(),
    startedAt: d.instant("started_at").notNull(),
    lastSeenAt: d.instant("last_seen_at").notNull(),
    /** The highest `changes.seq` it has applied. */
    feedSeq: d.integer("feed_seq").notNull(),
    /** Lower sequence numbers that it has not seen yet, as ranges; null for none. */
    feedGaps: d.json<FeedGaps>("feed_gaps"),
    /** All its responses before then are counted; null if that is not known yet. */
    countedUntil: d.instant("counted_until"),
    /** Where it counts limits: `redis`, `local:` and the id of its data directory, or empty if it does not count. */
    limits: d.text("limits").notNull().default(""),
    /** How often it has completed an aggregation cycle. */
    aggregationCycles: d.integer("aggregation_cycles").notNull().default(0),
  });

  /** Services that verify keys in their own process, as they last reported to a verifier. */
  const localVerifiers = d.table("local_verifiers", {
    id: d.text("id").primaryKey(),
    serviceTokenId: d.text("service_token_id").notNull(),
    /** Its host name. */
    address: d.text("address").notNull(),
    /** Of its SDK. */
    version: d.text("version").notNull(),
    startedAt: d.instant("started_at").notNull(),
    lastSeenAt: d.instant("last_seen_at").notNull(),
    /** As in `verifiers`. */
    feedSeq: d.integer("feed_seq").notNull(),
    feedGaps: d.json<FeedGaps>("feed_gaps"),
  });

  /** Stored responses for `Idempotency-Key`, encrypted with the caller's token. */
  const idempotency = d.table(
    "idempotency",
    {
      /** Hash of token id, method, path and the client's key. */
      id: d.text("id").primaryKey(),
      /** The management token, or the user of a form: whose responses these are. Null in older rows. */
      owner: d.text("owner"),
      requestHash: d.text("request_hash").notNull(),
      /** Null while the first request is still running. */
      status: d.integer("status"),
      sealed: d.text("sealed"),
      /** For a form's request: what it created, written in the same transaction. */
      credential: d.json<CreatedCredential>("credential"),
      createdAt: d.instant("created_at").notNull(),
    },
    (t) => [d.index("idempotency_created").on(t.createdAt), d.index("idempotency_owner").on(t.owner)],
  );

  return { changes, audit, verifiers, localVerifiers, idempotency };
}
