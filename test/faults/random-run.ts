import type { Db } from "#db/open.ts";
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
import { type Clock, ctxOf, makeAdmin, makeApi, makeClock, makeKey, makeProject } from "../people.ts";
import { type Dice, diceOf } from "./form.ts";
import { allowedCodes, consume, type Limited, ModelKey, type ModelLimits, ModelProject } from "./model.ts";
import { Product } from "./product.ts";

const DAY_MS = 86_400_000;
const RESTORABLE_MS = 30 * DAY_MS;
const KEYS_MOST = 16;
const APIS = ["badges", "search"];
const OPERATIONS = ["read", "write"];
const NETWORKS = { "10.1.": "10.1.0.0/16", "10.2.3.": "10.2.3.0/24" };
const ADDRESSES = ["10.1.2.3", "10.2.3.4", "10.2.4.4", "198.51.100.7", undefined];
/** No two add up to a whole minute, so that nothing ends at the very moment at which it is asked about. */
const SHORT_MS = [1, 7, 211, 997, 2_503, 13_007];
const LONG_MS = [61_001, 3_600_011, DAY_MS + 13, 9 * DAY_MS + 17];
/** Told when a run fails: what was done last. */
const TOLD_STEPS = 40;

interface Owned {
  id: string;
  model: ModelProject;
}

/** One run of steps that are chosen at random, each done to the product and to the model. */
export class RandomRun {
  /** By key and code, what the usage figures have to say at the end. */
  readonly expected = new Map<string, number>();
  readonly product: Product;
  readonly #ctx: Ctx;
  readonly #clock: Clock;
  readonly #pick: Dice;
  readonly #projects: Owned[] = [];
  readonly #keys: { projectId: string; model: ModelKey }[] = [];
  readonly #done: string[] = [];

  private constructor(ctx: Ctx, clock: Clock, product: Product, pick: Dice) {
    this.#ctx = ctx;
    this.#clock = clock;
    this.product = product;
    this.#pick = pick;
  }

  static async start(db: Db, name: string): Promise<RandomRun> {
    const clock = makeClock();
    const admin = await makeAdmin(db);
    const run = new RandomRun(
      ctxOf(db, admin, { clock }),
      clock,
      await Product.start(db, clock),
      diceOf(name),
    );
    for (const slug of APIS) await makeApi(db, slug, { operations: OPERATIONS });
    for (const project of ["One", "Two"]) {
      run.#projects.push({ id: await makeProject(db, admin, project), model: new ModelProject() });
    }
    for (let n = 0; n < 4; n++) await run.#create();
    for (let n = 0; n < 8; n++) await run.#enable();
    return run;
  }

  async steps(count: number): Promise<void> {
    const change = [
      () => this.#create(),
      () => this.#toggle(),
      () => this.#expire(),
      () => this.#restrict(),
      () => this.#limitKey(),
      () => this.#limitProject(),
      () => this.#rotate(),
      () => this.#endOverlap(),
      () => this.#revoke(),
      () => this.#restore(),
      () => this.#suspend(),
      () => this.#enable(),
      () => this.#enable(),
      () => this.#kill(),
      () => this.#loseLimits(),
    ];
    try {
      for (let n = 0; n < count; n++) {
        const kind = this.#pick(["check", "check", "check", "check", "check", "pass", "change"] as const);
        if (kind === "check") await this.#check();
        else if (kind === "pass") await this.#passTime();
        else await this.#pick(change)();
      }
    } catch (error) {
      throw new Error(`${String(error)}\nafter\n${this.#done.slice(-TOLD_STEPS).join("\n")}`, {
        cause: error,
      });
    }
  }

  async #check(): Promise<void> {
    const { model } = this.#pick(this.#keys);
    const secret = this.#pick(model.secrets);
    const check = {
      api: this.#pick(APIS),
      operation: this.#pick([...OPERATIONS, undefined]),
      clientIp: this.#pick(ADDRESSES),
      cost: this.#pick([0, 1, 1, 1, 3]),
    };
    const nowMs = this.#clock.now();
    const allowed = allowedCodes(model, secret, check, nowMs);
    const { operation, clientIp, ...always } = check;
    const verdict = await this.product.check(this.#pick([0, 1]), secret.token, {
      ...always,
      ...(operation !== undefined && { operation }),
      ...(clientIp !== undefined && { clientIp }),
    });
    this.#note(`check ${model.id} ${secret.id} ${JSON.stringify(check)}: ${verdict.code}`);
    if (!allowed.includes(verdict.code)) throw new Error(`${verdict.code} where only ${allowed} may be`);
    if (verdict.keyId !== model.id) throw new Error(`the verdict is about ${verdict.keyId}`);
    const counter = `${model.id} ${verdict.code}`;
    this.expected.set(counter, (this.expected.get(counter) ?? 0) + 1);
    if (!verdict.valid) return;
    consume(model, check.cost, nowMs);
    const lapses = secret.lapsesAtMs === null ? null : new Date(secret.lapsesAtMs).toISOString();
    if ((verdict.rotation?.lapsesAt ?? null) !== lapses) throw new Error("the overlap's end is told wrongly");
    const left = Math.min(model.quotaLeft(nowMs), model.project.quotaLeft(nowMs));
    if ((verdict.quota?.remaining ?? Number.POSITIVE_INFINITY) !== left)
      throw new Error(`of the quota ${left} is left, not ${verdict.quota?.remaining}`);
  }

  async #passTime(): Promise<void> {
    const span = this.#pick(this.#pick([SHORT_MS, SHORT_MS, SHORT_MS, LONG_MS]));
    this.#clock.advance(span);
    this.#note(`${span} ms pass`);
    await this.product.settle();
  }

  async #create(): Promise<void> {
    if (this.#keys.length >= KEYS_MOST) return;
    const { id: projectId, model } = this.#pick(this.#projects);
    await this.#change(`create in ${projectId}`, async () => {
      const { key, secret: token } = await makeKey(this.#ctx, projectId);
      const secret = { id: key.secrets[0]?.id ?? "", token, lapsesAtMs: null };
      this.#keys.push({ projectId, model: new ModelKey(key.id, model, secret) });
    });
  }

  #toggle(): Promise<void> {
    const enabled = this.#pick([true, false, true]);
    return this.#update({ enabled }, (key) => {
      key.enabled = enabled;
    });
  }

  #expire(): Promise<void> {
    const inMs = this.#pick([null, null, 60_000, DAY_MS, 20 * DAY_MS]);
    const expiresAt = inMs === null ? null : this.#clock.now() + inMs;
    return this.#update({ expiresAt: expiresAt && new Date(expiresAt).toISOString() }, (key) => {
      key.expiresAtMs = expiresAt;
    });
  }

  #restrict(): Promise<void> {
    const networks = this.#pick([[], [], ["10.1."], ["10.2.3."], ["10.1.", "10.2.3."]] as const);
    const apis = this.#pick([
      [],
      [],
      [{ api: "badges", operations: [] }],
      [
        { api: "search", operations: ["read"] },
        { api: "badges", operations: ["write", "read"] },
      ],
    ]);
    const key = this.#pick(this.#keys);
    // Restricted to an API that its project has not enabled, a key could call nothing: that is not saved.
    const enabled = apis.filter(({ api }) => key.model.project.apis.has(api));
    const restrictions = { ips: networks.map((network) => NETWORKS[network]), apis: enabled };
    return this.#update(
      { restrictions },
      (model) => {
        model.networks = [...networks];
        model.apis = enabled;
      },
      key,
    );
  }

  async #limitKey(): Promise<void> {
    await this.product.count();
    const limits = this.#anyLimits();
    return this.#update({ limits }, (key) => key.setLimits(limits, this.#clock.now()));
  }

  async #limitProject(): Promise<void> {
    await this.product.count();
    const { id: projectId, model } = this.#pick(this.#projects);
    const limits = this.#anyLimits();
    await this.#change(`limit ${projectId} ${JSON.stringify(limits)}`, async () => {
      await updateProject({ ctx: this.#ctx, input: { projectId, limits } });
      model.setLimits(limits, this.#clock.now());
    });
  }

  #anyLimits(): ModelLimits {
    return {
      rate: this.#pick([null, { limit: 2, windowSeconds: 1 }, { limit: 5, windowSeconds: 60 }]),
      quota: this.#pick([
        null,
        { limit: 5, period: "day" as const },
        { limit: 15, period: "month" as const },
      ]),
    };
  }

  async #rotate(): Promise<void> {
    const { projectId, model } = this.#pick(this.#keys);
    const overlapSeconds = this.#pick([0, 60, 3_600, 86_400, 2_592_000]);
    await this.#onStanding(model, `rotate ${model.id} over ${overlapSeconds} s`, async () => {
      const input = rotateKeySchema.parse({ projectId, keyId: model.id, overlapSeconds });
      const { key, secret: token } = await rotateKey({ ctx: this.#ctx, input });
      const current = key.secrets.find(({ lapsesAt }) => lapsesAt === null);
      model.rotate({ id: current?.id ?? "", token, lapsesAtMs: null }, overlapSeconds, this.#clock.now());
    });
  }

  async #endOverlap(): Promise<void> {
    const nowMs = this.#clock.now();
    const { projectId, model } = this.#pick(this.#keys);
    const older = model.secrets.find(({ lapsesAtMs }) => lapsesAtMs !== null && lapsesAtMs > nowMs);
    if (!older) return;
    await this.#onStanding(model, `end ${older.id}`, async () => {
      await endSecret({ ctx: this.#ctx, input: { projectId, keyId: model.id, secretId: older.id } });
      older.lapsesAtMs = nowMs;
    });
  }

  async #revoke(): Promise<void> {
    const { projectId, model } = this.#pick(this.#keys);
    await this.#change(`revoke ${model.id}`, async () => {
      await revokeKey({ ctx: this.#ctx, input: { projectId, keyId: model.id } });
      model.revokedAtMs ??= this.#clock.now();
    });
  }

  async #restore(): Promise<void> {
    const revoked = this.#keys.filter(({ model }) => model.isRevoked);
    if (revoked.length === 0) return;
    const { projectId, model } = this.#pick(revoked);
    const isLate = this.#clock.now() >= (model.revokedAtMs ?? 0) + RESTORABLE_MS;
    const restore = () => restoreKey({ ctx: this.#ctx, input: { projectId, keyId: model.id } });
    await this.#change(`restore ${model.id}`, async () => {
      if (isLate) return this.#mustBeRefused(restore);
      await restore();
      model.revokedAtMs = null;
    });
  }

  async #suspend(): Promise<void> {
    const { id: projectId, model } = this.#pick(this.#projects);
    const suspended = this.#pick([true, false, false]);
    await this.#change(`${suspended ? "suspend" : "resume"} ${projectId}`, async () => {
      await (suspended ? suspendProject : resumeProject)({ ctx: this.#ctx, input: { projectId } });
      model.suspended = suspended;
    });
  }

  async #enable(): Promise<void> {
    const { id: projectId, model } = this.#pick(this.#projects);
    const slug = this.#pick(APIS);
    const enabled = this.#pick([true, true, true, false]);
    await this.#change(`${enabled ? "enable" : "disable"} ${slug} in ${projectId}`, async () => {
      await (enabled ? enableApi : disableApi)({ ctx: this.#ctx, input: { projectId, slug } });
      if (enabled) model.apis.add(slug);
      else model.apis.delete(slug);
    });
  }

  async #kill(): Promise<void> {
    await this.#change("kill an engine", () => this.product.kill(this.#pick([0, 1])));
  }

  async #loseLimits(): Promise<void> {
    await this.#change("lose the counters of limits", async () => {
      await this.product.loseLimits();
      const limited: Limited[] = [...this.#keys, ...this.#projects].map(({ model }) => model);
      for (const one of limited) one.loseCounter(this.#clock.now());
    });
  }

  async #update(
    fields: object,
    apply: (key: ModelKey) => void,
    { projectId, model } = this.#pick(this.#keys),
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
    this.#note(what);
    await work();
    await this.product.settle();
  }

  #note(what: string): void {
    this.#done.push(`${new Date(this.#clock.now()).toISOString()} ${what}`);
  }
}
