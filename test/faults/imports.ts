import { HASH_ALGORITHMS, type HashAlgorithm } from "#core/token-shape.ts";
import { hashToken } from "#core/tokens.ts";
import type { Ctx } from "#domain/context.ts";
import { importKeys } from "#domain/keys/import/import.ts";
import { importKeysSchema, type RowResult } from "#domain/keys/import/schema.ts";
import { getKey } from "#domain/keys/list.ts";
import { type HashedToken, hashedTokens, OLD_SHAPE } from "../imported-hashes.ts";
import { ModelKey, type ModelSecret } from "./model.ts";
import type { OwnedProject, ProductAndModel } from "./product-and-model.ts";

/** More than a run imports. */
const PER_ALGORITHM = 200;

export function isImported(secret: ModelSecret | undefined): secret is ModelSecret {
  return secret?.token.startsWith(OLD_SHAPE.prefix) ?? false;
}

/** Keys of another system for the random run. */
export class Imports {
  readonly #ctx: Ctx;
  readonly #left = new Map<HashAlgorithm, HashedToken[]>(
    HASH_ALGORITHMS.map((algorithm) => [algorithm, hashedTokens(algorithm, PER_ALGORITHM)]),
  );

  constructor(ctx: Ctx) {
    this.#ctx = ctx;
  }

  /**
   * Imports a key by each algorithm that nobody uses, so that the verifiers know all kinds of look-ups from their start:
   * a new one is known within a second, and the model has no pauses.
   */
  async declare(projectId: string): Promise<void> {
    for (const algorithm of HASH_ALGORITHMS) await this.#importOne(projectId, algorithm);
  }

  async import(both: ProductAndModel, project: OwnedProject, algorithm: HashAlgorithm): Promise<void> {
    await both.change(`import by ${algorithm} into ${project.id}`, async () => {
      const { keyId, secret } = await this.#importOne(project.id, algorithm);
      both.keys.push({ project, model: new ModelKey(keyId, project.model, secret) });
    });
  }

  /** Imports a token that a key has. It stays with that key, even if an import can't see that the two are the same. */
  async importAgain(
    both: ProductAndModel,
    imported: ModelSecret,
    into: OwnedProject,
    isHashed: boolean,
  ): Promise<void> {
    // Of two imports at one time, either could be the older one.
    both.clock.advance(7);
    await both.change(`import ${imported.id} again into ${into.id}`, async () => {
      const hash = { algorithm: "sha256", encoding: "hex", value: hashToken(imported.token) };
      const { status } = await this.#import(into.id, isHashed ? { hash } : { token: imported.token });
      const isFast = imported.waits === "sha512" || imported.waits === "hmac-sha256";
      if (status === "created" && (imported.waits === null || (isFast && !isHashed)))
        throw new Error("a token that is known is imported again");
    });
  }

  /** As each cycle of a verifier does. From then on, a token is found by its SHA-256. */
  async storeFirstUses(both: ProductAndModel): Promise<void> {
    await both.change("store first uses", async () => {
      const stored = new Set(await both.product.storeFirstUses());
      for (const { model } of both.keys)
        for (const secret of model.secrets) if (stored.has(secret.id)) secret.waits = null;
    });
  }

  /** Imports the next token of an algorithm. */
  async #importOne(
    projectId: string,
    algorithm: HashAlgorithm,
  ): Promise<{ keyId: string; secret: ModelSecret }> {
    const next = this.#left.get(algorithm)?.pop();
    if (next === undefined)
      throw new Error(`the run imports more than ${PER_ALGORITHM} keys by ${algorithm}`);
    const { status, keyId } = await this.#import(projectId, { hash: next.hash });
    if (status !== "created" || keyId === null) throw new Error(`the import is ${status}`);
    const key = await getKey({ ctx: this.#ctx, input: { projectId, keyId } });
    const waits = algorithm === "sha256" ? null : algorithm;
    return {
      keyId,
      secret: { id: key.secrets[0]?.id ?? "", token: next.token, lapsesAtMs: null, waits },
    };
  }

  async #import(projectId: string, fields: object): Promise<RowResult> {
    const keys = [{ name: "imported", environment: "live", ...fields }];
    const input = importKeysSchema.parse({ projectId, shape: OLD_SHAPE, keys });
    const [result] = (await importKeys({ ctx: this.#ctx, input })).results;
    if (result === undefined) throw new Error("the import has no result");
    return result;
  }
}
