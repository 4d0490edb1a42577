import { createHash, hkdfSync } from "node:crypto";
import { asc, gte } from "drizzle-orm";
import {
  CompactEncrypt,
  type CryptoKey,
  calculateJwkThumbprint,
  compactDecrypt,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from "jose";
import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import type { Settings } from "#platform/settings.ts";

/** How long a key signs, ms. Periods are counted from the epoch, so that all processes agree on them. */
const PERIOD_MS = 90 * DAY_MS;
/** A key is published this long before it signs and after it has signed, so that services know it in time, ms. */
const PUBLISHED_AROUND_MS = DAY_MS;
/** How long the keys are remembered, ms. */
const REMEMBERED_MS = 60_000;
/** For a token by a key that is not among them: a process with a new secret or algorithm signs with its key at once. */
const REMEMBERED_FOR_UNKNOWN_MS = 1_000;

export interface SigningKey {
  id: string;
  algorithm: "ES256" | "EdDSA";
  privateKey: CryptoKey;
}

export interface SigningKeyOptions {
  db: Db;
  /** Encrypts private keys in the database. */
  secret: string;
  algorithm: Settings["accessTokens"]["algorithm"];
  /** Epoch ms. */
  now: () => number;
}

interface Loaded {
  atMs: number;
  current: SigningKey;
  /** A JWK Set (RFC 7517) of every key whose tokens may still be valid or soon will be. */
  published: { keys: JWK[] };
  find: ReturnType<typeof createLocalJWKSet>;
}

/** The keys that sign access tokens. They are created when they are needed, and replaced every 90 days. */
export class SigningKeys {
  readonly #options: SigningKeyOptions;
  readonly #encryptionKey: Uint8Array;
  /** Tells processes with different secrets apart, and reveals none of them. */
  readonly #sealedWith: string;
  #loaded: Loaded | null = null;
  #loading: Promise<Loaded> | null = null;

  constructor(options: SigningKeyOptions) {
    this.#options = options;
    this.#encryptionKey = new Uint8Array(
      hkdfSync("sha256", options.secret, "", "latchkey signing keys 1", 32),
    );
    this.#sealedWith = createHash("sha256").update(this.#encryptionKey).digest("hex").slice(0, 16);
  }

  /** The key that signs now. Rejects if no key is remembered and the database can't be read. */
  async current(): Promise<SigningKey> {
    return (await this.#load()).current;
  }

  /** The public keys as a JWK Set. */
  async published(): Promise<{ keys: JWK[] }> {
    return (await this.#load()).published;
  }

  /** Finds the public key of a token's header, for `jwtVerify`. `id`: of the key. */
  async finder(id: string | undefined): Promise<Loaded["find"]> {
    const { published, find } = await this.#load();
    if (id === undefined || published.keys.some(({ kid }) => kid === id)) return find;
    return (await this.#load(REMEMBERED_FOR_UNKNOWN_MS)).find;
  }

  async #load(rememberedMs = REMEMBERED_MS): Promise<Loaded> {
    const loaded = this.#loaded;
    const nowMs = this.#options.now();
    const isRecent = loaded !== null && nowMs - loaded.atMs < rememberedMs;
    if (isRecent && periodOf(loaded.atMs) === periodOf(nowMs)) return loaded;
    this.#loading ??= this.#read().finally(() => {
      this.#loading = null;
    });
    try {
      return await this.#loading;
    } catch (error) {
      // Keys change rarely: without the database, the remembered ones still sign.
      if (loaded !== null && periodOf(loaded.atMs) === periodOf(nowMs)) return loaded;
      throw error;
    }
  }

  async #read(): Promise<Loaded> {
    const nowMs = this.#options.now();
    const period = periodOf(nowMs);
    let rows = await this.#rows(nowMs);
    const needed = [period, periodOf(nowMs + PUBLISHED_AROUND_MS)];
    const missing = [...new Set(needed)].filter((one) => !rows.some((row) => this.#isOwn(row, one)));
    if (missing.length > 0) {
      for (const one of missing) await this.#create(one, nowMs);
      rows = await this.#rows(nowMs);
    }
    const own = rows.find((row) => this.#isOwn(row, period));
    if (own === undefined) throw new Error("the signing key was deleted");
    const keys = rows.map(
      ({ id, algorithm, publicKey }): JWK => ({
        ...publicKey,
        kid: id,
        alg: algorithm,
        use: "sig",
      }),
    );
    const known = this.#loaded?.current;
    const current = known?.id === own.id ? known : await this.#open(own);
    const published = { keys };
    this.#loaded = { atMs: nowMs, current, published, find: createLocalJWKSet(published) };
    return this.#loaded;
  }

  #isOwn(row: { sealedWith: string; algorithm: string; period: number }, period: number): boolean {
    const { algorithm } = this.#options;
    return row.sealedWith === this.#sealedWith && row.algorithm === algorithm && row.period === period;
  }

  #rows(nowMs: number) {
    const { q, t } = this.#options.db.read;
    const oldest = oldestPublishedPeriod(nowMs);
    return q
      .select()
      .from(t.signingKeys)
      .where(gte(t.signingKeys.period, oldest))
      .orderBy(asc(t.signingKeys.period), asc(t.signingKeys.id));
  }

  async #create(period: number, nowMs: number): Promise<void> {
    const { db, algorithm } = this.#options;
    const pair = await generateKeyPair(algorithm, { extractable: true });
    const publicKey = await exportJWK(pair.publicKey);
    const privateKey = JSON.stringify(await exportJWK(pair.privateKey));
    const id = await calculateJwkThumbprint(publicKey);
    const sealedKey = await new CompactEncrypt(new TextEncoder().encode(privateKey))
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .encrypt(this.#encryptionKey);
    const row = {
      id,
      algorithm,
      period,
      publicKey,
      sealedKey,
      sealedWith: this.#sealedWith,
      createdAt: nowMs,
    };
    await db.write(({ q, t }) => q.insert(t.signingKeys).values(row).onConflictDoNothing());
  }

  async #open({
    id,
    algorithm,
    sealedKey,
  }: {
    id: string;
    algorithm: SigningKey["algorithm"];
    sealedKey: string;
  }): Promise<SigningKey> {
    const { plaintext } = await compactDecrypt(sealedKey, this.#encryptionKey);
    const jwk: JWK = JSON.parse(new TextDecoder().decode(plaintext));
    const privateKey = await importJWK(jwk, algorithm);
    if (privateKey instanceof Uint8Array) throw new Error("a signing key must be asymmetric");
    return { id, algorithm, privateKey };
  }
}

/** The earliest period whose keys are published. Older ones verify no valid token. */
export function oldestPublishedPeriod(nowMs: number): number {
  return periodOf(nowMs - PUBLISHED_AROUND_MS);
}

function periodOf(atMs: number): number {
  return Math.floor(atMs / PERIOD_MS);
}
