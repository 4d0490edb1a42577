import type { ProjectFacts } from "#core/facts.ts";
import type { Db } from "#db/open.ts";
import type { Settings } from "#platform/settings.ts";
import type { Change } from "../feed/change-feed.ts";
import { BatchReader } from "./batch-reader.ts";
import { FactCache } from "./fact-cache.ts";
import { FillGate } from "./fill-gate.ts";
import {
  type ApiFacts,
  type LoadedSecret,
  loadApi,
  loadProject,
  loadSecret,
  loadSecrets,
  loadServiceToken,
  type ServiceTokenFacts,
} from "./load-facts.ts";

/** Reads of the database at once, and how many more may wait for one. */
const FILLS_AT_ONCE = 32;
const FILLS_WAITING = 2_000;
/** Keys are read many at a time: on so many of the database's connections, and no more, whatever comes. */
const KEY_READS = { atOnce: 4, most: 500, waitingMost: 4_000, everyMs: 5 };
/** Keys with large sets of restrictions are read one by one, so many at once: what is read is held besides the cache. */
const LARGE_AT_ONCE = 4;
const LARGE_WAITING = 1_000;

/** Of the memory for the cache, each kind's share. An API's operations take the most, and there are few APIs. */
const SHARES = { secrets: 8 / 16, projects: 1 / 16, apis: 6 / 16, serviceTokens: 1 / 16 };
const PROJECT_BYTES = 600;
const ENABLED_API_BYTES = 80;

/** All that a verifier remembers of the database, and how changes make it forget. */
export class FactStore {
  readonly secrets: FactCache<LoadedSecret>;
  readonly projects: FactCache<ProjectFacts>;
  readonly apis: FactCache<ApiFacts>;
  readonly serviceTokens: FactCache<ServiceTokenFacts>;

  constructor(db: Db, { cacheKeys, cacheBytes }: Pick<Settings, "cacheKeys" | "cacheBytes">) {
    const share = (kind: keyof typeof SHARES) => Math.floor(cacheBytes * SHARES[kind]);
    const keys = new BatchReader({ readMany: (hashes) => loadSecrets(db, hashes), ...KEY_READS });
    // Apart from keys, so that junk keys can't keep a service from being recognised.
    const gate = new FillGate(FILLS_AT_ONCE, FILLS_WAITING);
    const largeGate = new FillGate(LARGE_AT_ONCE, LARGE_WAITING);
    const readSecret = async (hash: string) => {
      const read = await keys.read(hash);
      return read === "large" ? largeGate.through(() => loadSecret(db, hash)) : read;
    };
    this.secrets = new FactCache({
      max: cacheKeys,
      maxAbsent: Math.max(1_000, Math.ceil(cacheKeys / 10)),
      maxBytes: share("secrets"),
      bytesOf: ({ bytes }) => bytes,
      load: readSecret,
      subjectOf: (secret) => secret.key.id,
    });
    this.projects = new FactCache({
      max: Math.max(1_000, Math.ceil(cacheKeys / 4)),
      maxAbsent: 1_000,
      maxBytes: share("projects"),
      bytesOf: ({ enabledApis }) => PROJECT_BYTES + enabledApis.size * ENABLED_API_BYTES,
      load: (id) => gate.through(() => loadProject(db, id)),
      subjectOf: (project) => project.id,
    });
    this.apis = new FactCache({
      max: 2_000,
      maxAbsent: 1_000,
      maxBytes: share("apis"),
      bytesOf: ({ bytes }) => bytes,
      load: (slug) => gate.through(() => loadApi(db, slug)),
      subjectOf: (api) => api.id,
    });
    this.serviceTokens = new FactCache({
      max: 10_000,
      maxAbsent: 1_000,
      maxBytes: share("serviceTokens"),
      bytesOf: ({ bytes }) => bytes,
      load: (hash) => gate.through(() => loadServiceToken(db, hash)),
      subjectOf: (token) => token.id,
    });
  }

  forget(changes: Change[]): void {
    for (const { kind, subject } of changes) {
      switch (kind) {
        case "key":
          this.secrets.invalidate(subject);
          break;
        case "project":
          this.projects.invalidate(subject);
          break;
        case "api":
          // A new API may have a slug that is remembered as unknown. There are few: forget them all.
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
