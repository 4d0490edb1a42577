import { randomBytes } from "node:crypto";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq, inArray } from "drizzle-orm";
import { sanitizeClient } from "#core/client.ts";
import { storableObservations } from "#core/observations.ts";
import { sanitize } from "#core/sanitize.ts";
import { DAY_MS } from "#core/time.ts";
import type { Environment } from "#core/verdict.ts";
import type { Db } from "#db/open.ts";
import { leastRecent } from "#platform/least-recent.ts";
import { countedOperation } from "../aggregation/counted-operation.ts";
import type { ApiFacts } from "../cache/compile-facts.ts";
import { type CheckEntry, type DenialDetails, writeLine } from "../journal/entry.ts";
import { CLOSED_SUFFIX } from "../journal/segments.ts";
import type { ReportedUsage, UsageEntry } from "./protocol.ts";

/** Whose usage an answer is. It never changes for a secret. */
interface Owner {
  projectId: string;
  keyId: string;
  environment: Environment;
}

const NOBODY = { projectId: "", keyId: "", environment: "" } as const;
const MAX_OWNERS = 20_000;
const MAX_SHOWN_LENGTH = 300;
/** Older answers are counted as of this age. Services don't send any. */
const MAX_AGE_MS = 31 * DAY_MS;

/** What this verifier knows about an entry. */
interface Known {
  api: ApiFacts | undefined;
  /** Since when keys have their report-only restrictions. */
  reportOnly: ReadonlyMap<string, number>;
  nowMs: number;
}

/**
 * Stores batches of local answers as segments of the journal. A segment is counted once by its id, so a batch that was
 * sent twice, also to two verifiers, is counted once.
 */
export class BatchStore {
  readonly #db: Db;
  readonly #dir: string;
  readonly #owners = leastRecent<Owner>(MAX_OWNERS);

  /** `dir`: the journal's. */
  constructor(db: Db, dir: string) {
    this.#db = db;
    this.#dir = dir;
  }

  /** Resolves once the batch can't be lost by the death of this process. `apis`: those that exist, by slug. */
  async store(
    { id, entries }: ReportedUsage,
    apis: ReadonlyMap<string, ApiFacts>,
    nowMs: number,
  ): Promise<void> {
    await this.#loadOwners(entries);
    const reportOnly = await this.#loadReportOnly(entries);
    const lines = entries.map((entry) =>
      writeLine(this.#trusted(entry, { api: apis.get(entry.api), reportOnly, nowMs })),
    );
    const path = join(this.#dir, `local_${id}${CLOSED_SUFFIX}`);
    const draft = `${path}.${randomBytes(6).toString("hex")}`;
    try {
      await writeFile(draft, lines.join(""), { flag: "wx", mode: 0o600 });
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw error;
    }
  }

  /** The entry with the owner as stored here, and with texts that are safe to store. */
  #trusted({ seen, details, trial, ...entry }: UsageEntry, { api, reportOnly, nowMs }: Known): CheckEntry {
    const owner = this.#owners.get(entry.secretId) ?? NOBODY;
    const isKnown = owner !== NOBODY;
    return {
      ...entry,
      ...owner,
      secretId: isKnown ? entry.secretId : "",
      atMs: Math.max(nowMs - MAX_AGE_MS, Math.min(entry.atMs, nowMs)),
      api: api?.slug ?? "",
      operation: api ? countedOperation(api, entry.operation || null) : "",
      units: entry.code === "VALID" ? entry.units : 0,
      seen: entry.code === "VALID" ? storableObservations(seen) : null,
      trial: entry.code === "VALID" && trial?.since === reportOnly.get(owner.keyId) ? (trial ?? null) : null,
      details: isKnown ? details && trustedDetails(details) : null,
    };
  }

  /**
   * Since when each key has its report-only restrictions. Answers by earlier ones are counted, but not for the comparison:
   * a service could otherwise create counts for any number of sets that never existed.
   */
  async #loadReportOnly(entries: readonly UsageEntry[]): Promise<ReadonlyMap<string, number>> {
    const keyIds = [
      ...new Set(
        entries.flatMap(({ trial, secretId }) => (trial ? [this.#owners.get(secretId)?.keyId ?? ""] : [])),
      ),
    ];
    const since = new Map<string, number>();
    const { q, t } = this.#db.read;
    for (let at = 0; at < keyIds.length; at += 500) {
      const rows = await q
        .select({ id: t.keys.id, since: t.keys.reportOnlySince })
        .from(t.keys)
        .where(inArray(t.keys.id, keyIds.slice(at, at + 500)));
      for (const row of rows) if (row.since !== null) since.set(row.id, row.since);
    }
    return since;
  }

  async #loadOwners(entries: readonly UsageEntry[]): Promise<void> {
    const unknown = [
      ...new Set(entries.map(({ secretId }) => secretId).filter((id) => id !== "" && !this.#owners.has(id))),
    ];
    const { q, t } = this.#db.read;
    const { secrets, keys } = t;
    for (let at = 0; at < unknown.length; at += 500) {
      const rows = await q
        .select({
          secretId: secrets.id,
          keyId: keys.id,
          projectId: keys.projectId,
          environment: keys.environment,
        })
        .from(secrets)
        .innerJoin(keys, eq(keys.id, secrets.keyId))
        .where(inArray(secrets.id, unknown.slice(at, at + 500)));
      for (const { secretId, keyId, projectId, environment } of rows) {
        this.#owners.set(secretId, {
          keyId,
          projectId,
          environment: environment === "live" ? "live" : "test",
        });
      }
    }
  }
}

function trustedDetails({ code, observed, client }: DenialDetails): DenialDetails {
  const fields = Object.entries(observed).map(([name, text]) => [
    sanitize(name, 64),
    sanitize(text, MAX_SHOWN_LENGTH),
  ]);
  return { code, observed: Object.fromEntries(fields), client: sanitizeClient(client) };
}
