import type { Ctx } from "#domain/context.ts";
import { disableApi } from "#domain/enablement/disable.ts";
import { enableApi } from "#domain/enablement/enable.ts";
import { DomainError } from "#domain/errors.ts";
import { endSecret } from "#domain/keys/endSecret.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { rotateKeySchema, updateKeySchema } from "#domain/keys/schemas.ts";
import { updateKey } from "#domain/keys/update.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { updateProject } from "#domain/projects/update.ts";
import { type Clock, makeKey } from "../people.ts";
import type { Dice } from "./form.ts";
import { type Limited, ModelKey, type ModelLimits, type ModelProject } from "./model.ts";
import type { Product } from "./product.ts";

const DAY_MS = 86_400_000;
const RESTORABLE_MS = 30 * DAY_MS;
const KEYS_MOST = 16;
export const APIS = ["badges", "search"];
export const OPERATIONS = ["read", "write"];
const NETWORKS = { "10.1.": "10.1.0.0/16", "10.2.3.": "10.2.3.0/24" };

export interface Owned {
  id: string;
  model: ModelProject;
}

export interface OwnedKey {
  projectId: string;
  model: ModelKey;
}

/** Everything that a person can change, each done to the product and to the model. */
export class RandomChanges {
  readonly product: Product;
  readonly #ctx: Ctx;
  protected readonly clock: Clock;
  protected readonly pick: Dice;
  protected readonly projects: Owned[] = [];
  protected readonly keys: OwnedKey[] = [];
  protected readonly done: string[] = [];

  protected constructor(ctx: Ctx, clock: Clock, product: Product, pick: Dice) {
    this.#ctx = ctx;
    this.clock = clock;
    this.product = product;
    this.pick = pick;
  }

  protected async create(): Promise<void> {
    if (this.keys.length >= KEYS_MOST) return;
    const { id: projectId, model } = this.pick(this.projects);
    await this.#change(`create in ${projectId}`, async () => {
      const { key, secret: token } = await makeKey(this.#ctx, projectId);
      const secret = { id: key.secrets[0]?.id ?? "", token, lapsesAtMs: null };
      this.keys.push({ projectId, model: new ModelKey(key.id, model, secret) });
    });
  }

  protected toggle(enabled = this.pick([true, false]), key = this.pick(this.keys)): Promise<void> {
    return this.#update(key, { enabled }, (model) => {
      model.enabled = enabled;
    });
  }

  protected expire(
    inMs = this.pick([null, 60_000, DAY_MS, 20 * DAY_MS]),
    key = this.pick(this.keys),
  ): Promise<void> {
    const expiresAt = inMs === null ? null : this.clock.now() + inMs;
    return this.#update(key, { expiresAt: expiresAt && new Date(expiresAt).toISOString() }, (model) => {
      model.expiresAtMs = expiresAt;
    });
  }

  protected restrict(): Promise<void> {
    const networks = this.pick([[], [], ["10.1."], ["10.2.3."], ["10.1.", "10.2.3."]] as const);
    const apis = this.pick([
      [],
      [],
      [{ api: "badges", operations: [] }],
      [
        { api: "search", operations: ["read"] },
        { api: "badges", operations: ["write", "read"] },
      ],
    ]);
    const key = this.pick(this.keys);
    // Restricted to an API that its project has not enabled, a key could call nothing: that is not saved.
    const enabled = apis.filter(({ api }) => key.model.project.apis.has(api));
    const restrictions = { ips: networks.map((network) => NETWORKS[network]), apis: enabled };
    return this.#update(key, { restrictions }, (model) => {
      model.networks = [...networks];
      model.apis = enabled;
    });
  }

  protected async limitKey(): Promise<void> {
    await this.product.count();
    const limits = this.#anyLimits();
    return this.#update(this.pick(this.keys), { limits }, (key) => key.setLimits(limits, this.clock.now()));
  }

  protected async limitProject(): Promise<void> {
    await this.product.count();
    const { id: projectId, model } = this.pick(this.projects);
    const limits = this.#anyLimits();
    await this.#change(`limit ${projectId} ${JSON.stringify(limits)}`, async () => {
      await updateProject({ ctx: this.#ctx, input: { projectId, limits } });
      model.setLimits(limits, this.clock.now());
    });
  }

  #anyLimits(): ModelLimits {
    return {
      rate: this.pick([null, { limit: 2, windowSeconds: 1 }, { limit: 5, windowSeconds: 60 }]),
      quota: this.pick([null, { limit: 5, period: "day" as const }, { limit: 15, period: "month" as const }]),
    };
  }

  protected async rotate(): Promise<void> {
    const { projectId, model } = this.pick(this.keys);
    const overlapSeconds = this.pick([0, 60, 3_600, 86_400, 2_592_000]);
    await this.#onStanding(model, `rotate ${model.id} over ${overlapSeconds} s`, async () => {
      const input = rotateKeySchema.parse({ projectId, keyId: model.id, overlapSeconds });
      const { key, secret: token } = await rotateKey({ ctx: this.#ctx, input });
      const current = key.secrets.find(({ lapsesAt }) => lapsesAt === null);
      model.rotate({ id: current?.id ?? "", token, lapsesAtMs: null }, overlapSeconds, this.clock.now());
    });
  }

  protected async endOverlap(): Promise<void> {
    const nowMs = this.clock.now();
    const { projectId, model } = this.pick(this.keys);
    const older = model.secrets.find(({ lapsesAtMs }) => lapsesAtMs !== null && lapsesAtMs > nowMs);
    if (!older) return;
    await this.#onStanding(model, `end ${older.id}`, async () => {
      await endSecret({ ctx: this.#ctx, input: { projectId, keyId: model.id, secretId: older.id } });
      older.lapsesAtMs = nowMs;
    });
  }

  protected async revoke(): Promise<void> {
    const { projectId, model } = this.pick(this.keys);
    await this.#change(`revoke ${model.id}`, async () => {
      await revokeKey({ ctx: this.#ctx, input: { projectId, keyId: model.id } });
      model.revokedAtMs ??= this.clock.now();
    });
  }

  protected async restore({ projectId, model } = this.pick(this.keys)): Promise<void> {
    const isLate = model.revokedAtMs !== null && this.clock.now() >= model.revokedAtMs + RESTORABLE_MS;
    const restore = () => restoreKey({ ctx: this.#ctx, input: { projectId, keyId: model.id } });
    await this.#change(`restore ${model.id}`, async () => {
      if (isLate) return this.#mustBeRefused(restore);
      await restore();
      model.revokedAtMs = null;
    });
  }

  protected async suspend(
    { id: projectId, model } = this.pick(this.projects),
    suspended = this.pick([true, false]),
  ): Promise<void> {
    await this.#change(`${suspended ? "suspend" : "resume"} ${projectId}`, async () => {
      await (suspended ? suspendProject : resumeProject)({ ctx: this.#ctx, input: { projectId } });
      model.suspended = suspended;
    });
  }

  protected async enable(
    { id: projectId, model } = this.pick(this.projects),
    slug = this.pick(APIS),
    enabled = this.pick([true, false]),
  ): Promise<void> {
    await this.#change(`${enabled ? "enable" : "disable"} ${slug} in ${projectId}`, async () => {
      await (enabled ? enableApi : disableApi)({ ctx: this.#ctx, input: { projectId, slug } });
      if (enabled) model.apis.add(slug);
      else model.apis.delete(slug);
    });
  }

  protected async kill(): Promise<void> {
    await this.#change("kill an engine", () => this.product.kill(this.pick([0, 1])));
  }

  protected async loseLimits(): Promise<void> {
    await this.#change("lose the counters of limits", async () => {
      await this.product.loseLimits();
      const limited: Limited[] = [...this.keys, ...this.projects].map(({ model }) => model);
      for (const one of limited) one.loseCounter(this.clock.now());
    });
  }

  async #update(
    { projectId, model }: OwnedKey,
    fields: object,
    apply: (key: ModelKey) => void,
  ): Promise<void> {
    await this.#onStanding(model, `update ${model.id} ${JSON.stringify(fields)}`, async () => {
      const input = updateKeySchema.parse({ projectId, keyId: model.id, ...fields });
      await updateKey({ ctx: this.#ctx, input });
      apply(model);
    });
  }

  /** A change that a revoked key must refuse. */
  #onStanding(key: ModelKey, what: string, work: () => Promise<void>): Promise<void> {
    return this.#change(what, () => (key.isRevoked ? this.#mustBeRefused(work) : work()));
  }

  async #mustBeRefused(work: () => Promise<unknown>): Promise<void> {
    const outcome = await work().then(
      () => "done",
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    );
    if (outcome !== "conflict") throw new Error(`${outcome} where it must be refused`);
  }

  /** Once a change has answered and the feed has caught up, nothing of the state before may be seen. */
  async #change(what: string, work: () => Promise<void>): Promise<void> {
    this.note(what);
    await work();
    await this.product.settle();
  }

  protected note(what: string): void {
    this.done.push(`${new Date(this.clock.now()).toISOString()} ${what}`);
  }

  /** One of them. */
  protected changeSomething(): Promise<void> {
    const changes = [
      () => this.create(),
      () => this.toggle(),
      () => this.expire(),
      () => this.restrict(),
      () => this.limitKey(),
      () => this.limitProject(),
      () => this.rotate(),
      () => this.endOverlap(),
      () => this.revoke(),
      () => this.restore(),
      () => this.suspend(),
      () => this.enable(),
      () => this.kill(),
      () => this.loseLimits(),
    ];
    return this.pick(changes)();
  }
}
