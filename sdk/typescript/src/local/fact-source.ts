import type { KnownFacts, ProjectFacts } from "../../../../core/facts.ts";
import { BatchReader } from "../../../../engine/cache/batch-reader.ts";
import {
  type ApiFacts,
  compileApi,
  compileSecret,
  type StoredApi,
} from "../../../../engine/cache/compile-facts.ts";
import { FactCache } from "../../../../engine/cache/fact-cache.ts";
import {
  type FactsAnswer,
  type FactsRequest,
  type LocalSecret,
  MAX_FACTS,
  opaqueId,
  SYNC_FORMAT,
} from "../../../../engine/sync/protocol.ts";
import { SecretIndex } from "./secret-index.ts";

/** What is known about a secret: its facts, or that a verifier must be asked about it. */
export type KnownSecret =
  | { ask: true; subjects: readonly string[] }
  | {
      ask: false;
      subjects: readonly string[];
      facts: KnownFacts;
      /** Approximate size in memory, bytes. */
      bytes: number;
      /** Slugs of APIs that a verifier must be asked about; null if there are none. */
      plannedApis: ReadonlySet<string> | null;
    };

/** An API, and what makes it stale. */
export interface KnownApi {
  api: ApiFacts;
  subjects: readonly string[];
}

const MAX_APIS = 100;
const MAX_PROJECTS = 100;
const MAX_ABSENT = 10_000;
/** The share of the memory for secrets; the rest is for APIs. */
const SECRETS_SHARE = 0.75;
const ASK_BYTES = 500;
const PROJECT_BYTES = 600;
/** A secret's entry in the index. */
const INDEX_BYTES = 200;
const SLUG_BYTES = 80;
/** A typical secret with its project: the number of entries follows from the memory. */
const TYPICAL_BYTES = 1_400;
/** A secret that is found in the index counts as used this often, ms: the least recently used ones are dropped first. */
const USE_MS = 1_000;
const READS = { maxConcurrent: 4, maxKeys: MAX_FACTS.secrets, maxWaiting: 2_000, minIntervalMs: 2 };

export interface FactSourceOptions {
  /** Sends a request for facts to a verifier. */
  ask: (request: FactsRequest) => Promise<FactsAnswer>;
  /** Maximum memory for facts, bytes. */
  maxBytes: number;
}

/** The facts that this process knows, in bounded memory, and those that it gets from a verifier. */
export class FactSource {
  readonly secrets: FactCache<KnownSecret>;
  readonly apis: FactCache<KnownApi>;
  readonly #index = new SecretIndex<KnownSecret>();
  readonly #projects = new SharedProjects();

  constructor({ ask, maxBytes }: FactSourceOptions) {
    const projects = this.#projects;
    const reader = new BatchReader({
      ...READS,
      async readMany(hashes: string[]) {
        const { secrets } = await ask({ format: SYNC_FORMAT, secrets: hashes, apis: [] });
        const found = new Map<string, KnownSecret>();
        for (const [index, hash] of hashes.entries()) {
          const answer = secrets[index];
          if (answer) found.set(hash, answer.ask ? answer : localSecret(answer, projects));
        }
        return found;
      },
    });
    this.secrets = new FactCache({
      max: Math.max(100, Math.floor((maxBytes * SECRETS_SHARE) / ASK_BYTES)),
      maxAbsent: Math.min(MAX_ABSENT, Math.max(100, Math.floor(maxBytes / TYPICAL_BYTES))),
      maxBytes: Math.floor(maxBytes * SECRETS_SHARE),
      bytesOf: (known) => (known.ask ? ASK_BYTES : known.bytes),
      load: (hash) => reader.read(hash),
      subjectsOf: ({ subjects }) => subjects,
      onDrop: (hash) => this.#index.delete(hash),
    });
    this.apis = new FactCache({
      max: MAX_APIS,
      maxAbsent: MAX_APIS,
      maxBytes: Math.floor(maxBytes * (1 - SECRETS_SHARE)),
      bytesOf: ({ api }) => api.bytes,
      async load(slug) {
        const { apis } = await ask({ format: SYNC_FORMAT, secrets: [], apis: [slug] });
        const [row] = apis;
        return row ? knownApi(row) : null;
      },
      subjectsOf: ({ subjects }) => subjects,
    });
  }

  /**
   * What is known about a secret that was remembered, without a look at its format. Undefined: look it up in `secrets`.
   * `nowMs`: epoch ms.
   */
  find(secret: string, nowMs: number): KnownSecret | undefined {
    const entry = this.#index.find(secret);
    if (entry === undefined) return undefined;
    if (nowMs - entry.usedAt > USE_MS) {
      entry.usedAt = nowMs;
      void this.secrets.get(entry.hash);
    }
    return entry.known;
  }

  /** Lets `find` find what `secrets` knows about the secret with this SHA-256, until that is dropped. */
  remember(hash: string, known: KnownSecret, nowMs: number): void {
    this.#index.add(hash, known, nowMs);
  }

  /** `subjects`: blinded ids. */
  invalidate(subjects: readonly string[]): void {
    for (const subject of subjects) {
      this.secrets.invalidate(subject);
      this.apis.invalidate(subject);
    }
  }

  clear(): void {
    this.secrets.clear();
    this.apis.clear();
  }

  /** What did not exist may exist now, and no change reports that. */
  clearAbsent(): void {
    this.secrets.clearAbsent();
    this.apis.clearAbsent();
  }
}

function localSecret(
  { secret: row, enabledApis, plannedApis }: LocalSecret,
  projects: SharedProjects,
): KnownSecret {
  const subjects = [opaqueId(row.id), opaqueId(row.projectId)];
  const secret = compileSecret({ ...row, limits: null, unconfirmedSince: null });
  // A set that this version can't evaluate.
  if (!secret.enforceable) return { ask: true, subjects };
  return {
    ask: false,
    subjects,
    // Shared by all checks of the key.
    facts: { credential: "known", secret, project: projects.of(row.projectId, enabledApis) },
    bytes:
      secret.bytes + INDEX_BYTES + PROJECT_BYTES + (enabledApis.length + plannedApis.length) * SLUG_BYTES,
    plannedApis: plannedApis.length > 0 ? new Set(plannedApis) : null,
  };
}

/** The facts of the last few projects: keys of one project share them, and with them the processor's cache. */
class SharedProjects {
  readonly #known = new Map<string, ProjectFacts>();

  of(id: string, enabledApis: readonly string[]): ProjectFacts {
    const key = JSON.stringify([id, enabledApis]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const project: ProjectFacts = {
      id,
      suspended: false,
      enabledApis: new Set(enabledApis),
      limits: null,
      plans: null,
      ceiling: null,
    };
    if (this.#known.size >= MAX_PROJECTS) this.#known.clear();
    this.#known.set(key, project);
    return project;
  }
}

function knownApi(row: StoredApi): KnownApi {
  return { api: compileApi(row), subjects: [opaqueId(row.id)] };
}

/** Whether `value` answers `request`. A verifier that answers anything else is not asked for facts. */
export function isFactsAnswer(value: unknown, { secrets, apis }: FactsRequest): value is FactsAnswer {
  if (!isObject(value)) return false;
  return (
    Array.isArray(value.secrets) &&
    value.secrets.length === secrets.length &&
    value.secrets.every((answer) => answer === null || isSecretAnswer(answer)) &&
    Array.isArray(value.apis) &&
    value.apis.length === apis.length &&
    value.apis.every((row) => row === null || isApiRow(row))
  );
}

const SECRET_FIELDS = [
  "description",
  "enabled",
  "environment",
  "expiresAt",
  "externalId",
  "id",
  "metadata",
  "name",
  "overlapEndsAt",
  "projectId",
  "reportOnly",
  "reportOnlySince",
  "restrictions",
  "revokedAt",
  "secretId",
  "setBytes",
  "tags",
].join(" ");

function isSecretAnswer(answer: unknown): boolean {
  if (!isObject(answer)) return false;
  if (answer.ask === true) return isTexts(answer.subjects);
  const { secret, enabledApis, plannedApis } = answer;
  if (answer.ask !== false || !isObject(secret)) return false;
  // Without the second list, keys would be allowed regardless of the limits of plans.
  if (!isTexts(enabledApis) || !isTexts(plannedApis)) return false;
  // Also without fields of a newer version: a rule could depend on them.
  if (Object.keys(secret).sort().join(" ") !== SECRET_FIELDS) return false;
  const { secretId, id, projectId, name, environment, description, externalId, metadata, tags } = secret;
  const { enabled, revokedAt, expiresAt, overlapEndsAt, reportOnlySince, restrictions, reportOnly } = secret;
  return (
    isTexts([secretId, id, projectId, name, environment, description]) &&
    (externalId === null || typeof externalId === "string") &&
    isObject(metadata) &&
    isTexts(tags) &&
    typeof enabled === "boolean" &&
    [revokedAt, expiresAt, overlapEndsAt, reportOnlySince].every(isInstant) &&
    isObject(restrictions) &&
    (reportOnly === null || isObject(reportOnly))
  );
}

function isApiRow(row: unknown): boolean {
  if (!isObject(row)) return false;
  const { id, slug, scopes, operations, basePaths, pathMatching, allowKeyInUrl } = row;
  return (
    isTexts([id, slug]) &&
    isTexts(scopes) &&
    isTexts(basePaths) &&
    (pathMatching === "exact" || pathMatching === "safe") &&
    typeof allowKeyInUrl === "boolean" &&
    Array.isArray(operations) &&
    operations.every(isOperation)
  );
}

function isOperation(operation: unknown): boolean {
  if (!isObject(operation)) return false;
  const { name, method, path, basePaths, requiredScopes } = operation;
  const isText = (value: unknown) => value === null || typeof value === "string";
  return (
    typeof name === "string" &&
    isText(method) &&
    isText(path) &&
    (basePaths === null || isTexts(basePaths)) &&
    (requiredScopes === null || (Array.isArray(requiredScopes) && requiredScopes.every(isTexts)))
  );
}

const isInstant = (value: unknown) => value === null || Number.isSafeInteger(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((text) => typeof text === "string");
