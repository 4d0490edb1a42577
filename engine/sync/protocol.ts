import { hash } from "node:crypto";
import type { DeclaredShape } from "#core/token-shape.ts";
import type { StoredApi, StoredSecret } from "../cache/compile-facts.ts";
import type { CheckEntry } from "../journal/entry.ts";

/*
 * What a verifier and a service that verifies keys in its own process send each other: `GET /api/v1/sync`,
 * `POST /api/v1/sync/facts` and `POST /api/v1/sync/usage`. Verifier and SDK share this file.
 */

/**
 * The meaning of the facts. Increase it whenever a verdict depends on something that older SDKs don't know: a verifier
 * and a service with different numbers don't sync, and the service asks over HTTP.
 */
export const SYNC_FORMAT = 4;

/** Reports of usage are the same since this format, so that what an SDK answered before an upgrade is counted after it. */
export const OLDEST_USAGE_FORMAT = 1;

/** How often a verifier sends its state, ms. At most 250 (docs/integrate/local-verification.md). */
export const HEARTBEAT_MS = 150;

/** Maximum number of secrets and APIs in one request for facts. */
export const MAX_FACTS = { secrets: 50, apis: 10 };
/** Maximum number of entries in a batch of usage, and the most bytes of a request with one. */
export const MAX_BATCH_ENTRIES = 2_000;
export const MAX_USAGE_BYTES = 1024 * 1024;
/** With more gaps than this, a position is not sent: it could not be resumed from. */
export const MAX_GAPS = 50;

/** A position in the change feed that another verifier can resume from. */
export interface SyncPosition {
  seq: number;
  /** Lower numbers that may still be committed, as ranges. */
  gaps: [first: number, last: number][];
  /** Identifies the row at `seq`: a restored database assigns the same numbers again. */
  row: string;
}

/** The first event of a stream. */
export interface SyncHello {
  hello: {
    /** When the request arrived, by the verifier's monotonic clock, ms. */
    openedAt: number;
    /** Whether all changes after the requested position follow. If not, the service must drop its facts. */
    resumed: boolean;
    /** Prefixes of the deployment's tokens. */
    keyPrefixes: readonly string[];
    /** The formats of imported tokens. Only a verifier can find those that have not been used since. */
    tokenShapes: readonly DeclaredShape[];
    /** Slug of the only API that the token may verify keys for; null for all. */
    api: string | null;
  };
}

/** Sent at least every 250 ms, and for every change. */
export interface SyncHeartbeat {
  /** All changes committed before then are in this event or in earlier ones. By the clock of `openedAt`. */
  confirmedAt: number;
  /** The verifier's time, epoch ms. */
  nowMs: number;
  /** The time of the latest change, epoch ms, by the clock of the process that wrote it; null if there is none. */
  latestAt: number | null;
  place: SyncPosition | null;
  /** Blinded ids of keys, projects and APIs that changed. */
  changed?: string[];
  /** Changes may have been missed: the service must drop its facts. */
  lost?: true;
  /** Tokens were imported: what did not exist may exist now. */
  imported?: true;
  /** The formats of imported tokens, after they changed. */
  tokenShapes?: readonly DeclaredShape[];
}

/** The last event of a stream that the verifier ends. */
export interface SyncEnd {
  /** `forbidden`: the token has lost the permission. `stopping`: connect to another verifier. */
  end: "forbidden" | "stopping";
}

export type SyncEvent = SyncHello | SyncHeartbeat | SyncEnd;

export interface FactsRequest {
  format: number;
  /** SHA-256 of secrets that callers sent, hex. */
  secrets: string[];
  /** Slugs. */
  apis: string[];
}

/** The facts of a secret, or that a verifier must be asked about it: nothing else is revealed then. */
export type SecretAnswer = { ask: true; subjects: string[] } | LocalSecret;

export interface LocalSecret {
  ask: false;
  secret: Omit<StoredSecret, "limits" | "unconfirmedSince">;
  /** Slugs of the APIs that the key's project has enabled, of those that the token may verify keys for. */
  enabledApis: string[];
  /** Of these, the APIs on whose plans the project is. Only verifiers know the limits and units of plans. */
  plannedApis: string[];
}

/** In the order of the request; null for what does not exist. */
export interface FactsAnswer {
  secrets: (SecretAnswer | null)[];
  apis: (StoredApi | null)[];
}

/** A local answer, or several equal ones in one minute. */
export type UsageEntry = Omit<CheckEntry, "projectId" | "keyId" | "environment" | "count"> & {
  count: number;
};

/** A service that verifies keys in its own process. */
export interface LocalService {
  id: string;
  /** Its host name. */
  address: string;
  /** Of its SDK. */
  version: string;
  /** Epoch ms. */
  startedAt: number;
}

export interface UsageRequest {
  format: number;
  service: LocalService;
  /** Up to where it has applied all changes; null if it does not answer locally. */
  applied: SyncPosition | null;
  batch: ReportedUsage | null;
}

/** Counted once, however often and wherever it is sent. */
export interface ReportedUsage {
  id: string;
  entries: UsageEntry[];
}

/** Ids have 130 random bits, so this reveals none, and a service recognizes those it knows. */
export function opaqueId(id: string): string {
  return hash("sha256", id, "base64url").slice(0, 16);
}
