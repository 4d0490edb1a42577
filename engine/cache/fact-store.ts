import type { ProjectFacts } from "#core/facts.ts";
import type { Db } from "#db/open.ts";
import type { Settings } from "#platform/settings.ts";
import type { Change } from "../feed/feed-rows.ts";
import { BatchReader } from "./batch-reader.ts";
import type { ApiFacts, LoadedSecret } from "./compile-facts.ts";
import { FactCache } from "./fact-cache.ts";
import {
  loadApi,
  loadProject,
  loadSecret,
  loadSecrets,
  loadServiceToken,
  type ServiceTokenFacts,
} from "./load-facts.ts";
import { ReadLimiter } from "./read-limiter.ts";

/** Concurrent reads of the database, and how many more may wait. */
const MAX_CONCURRENT_FILLS = 32;
const MAX_WAITING_FILLS = 2_000;
/** Keys are read in batches, on at most this many database connections. */
const KEY_READS = { maxConcurrent: 4, maxKeys: 500, maxWaiting: 4_000, minIntervalMs: 5 };
/** Keys with large sets of restrictions are read individually. Limited, because reads need memory beside the cache. */
const MAX_CONCURRENT_LARGE = 4;
const MAX_WAITING_LARGE = 1_000;

/** Each kind's share of the cache's memory. An API is large because of its operations, but there are few APIs. */
const SHARES = { secrets: 8 / 16, projects: 1 / 16, apis: 6 / 16, serviceTokens: 1 / 16 };
const PROJECT_BYTES = 600;
const ENABLED_API_BYTES = 80;
/** The compiled terms of a plan for one project, with the charges of some operations. */
const PLAN_BYTES = 4_000;

/** The facts that a verifier keeps in memory, and their invalidation by changes. */
export class FactStore {
  readonly secrets: FactCache<LoadedSecret>;
  readonly projects: FactCache<ProjectFacts>;
  readonly apis: FactCache<ApiFacts>;
  readonly serviceTokens: FactCache<ServiceTokenFacts>;

  /** `now`: epoch ms. */
  constructor(
    db: Db,
    { cacheKeys, cacheBytes }: Pick<Settings, "cacheKeys" | "cacheBytes">,
    now: () => number = Date.now,
  ) {
    const share = (kind: keyof typeof SHARES) => Math.floor(cacheBytes * SHARES[kind]);
    const keys = new BatchReader({ readMany: (hashes) => loadSecrets(db, hashes), ...KEY_READS });
    // Separate from keys, so that invalid keys can't delay the look-up of service tokens.
    const reads = new ReadLimiter(MAX_CONCURRENT_FILLS, MAX_WAITING_FILLS);
    const largeReads = new ReadLimiter(MAX_CONCURRENT_LARGE, MAX_WAITING_LARGE);
    const readSecret = async (hash: string) => {
      const read = await keys.read(hash);
      return read === "large" ? largeReads.run(() => loadSecret(db, hash)) : read;
    };
    this.secrets = new FactCache({
      max: cacheKeys,
      maxAbsent: Math.max(1_000, Math.ceil(cacheKeys / 10)),
      maxBytes: share("secrets"),
      bytesOf: ({ bytes }) => bytes,
      load: readSecret,
      subjectsOf: (secret) => [secret.key.id],
    });
    this.projects = new FactCache({
      max: Math.max(1_000, Math.ceil(cacheKeys / 4)),
      maxAbsent: 1_000,
      maxBytes: share("projects"),
      bytesOf: ({ enabledApis, plans }) =>
        PROJECT_BYTES + enabledApis.size * ENABLED_API_BYTES + (plans?.size ?? 0) * PLAN_BYTES,
      load: (id) => reads.run(() => loadProject(db, id, now())),
      subjectsOf: (project) => [project.id],
    });
    this.apis = new FactCache({
      max: 2_000,
      maxAbsent: 1_000,
      maxBytes: share("apis"),
      bytesOf: ({ bytes }) => bytes,
      load: (slug) => reads.run(() => loadApi(db, slug, now())),
      subjectsOf: (api) => [api.id],
    });
    this.serviceTokens = new FactCache({
      max: 10_000,
      maxAbsent: 1_000,
      maxBytes: share("serviceTokens"),
      bytesOf: ({ bytes }) => bytes,
      load: (hash) => reads.run(() => loadServiceToken(db, hash)),
      subjectsOf: (token) => [token.id],
    });
  }

  forget(changes: Change[]): void {
    for (const { kind, subject } of changes) {
      switch (kind) {
        case "import":
          this.secrets.clearAbsent();
          break;
        case "key":
          this.secrets.invalidate(subject);
          break;
        case "project":
          this.projects.invalidate(subject);
          break;
        case "api":
          // A new API may have a slug that is cached as unknown. There are few APIs, so all are dropped.
          this.apis.clear();
          break;
        case "serviceToken":
          this.serviceTokens.invalidate(subject);
          break;
      }
    }
  }

  forgetAll(): void {
    for (const cache of [this.secrets, this.projects, this.apis, this.serviceTokens]) cache.clear();
  }
}
