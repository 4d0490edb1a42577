import { DAY_MS } from "#core/time.ts";
import type { Db } from "#db/open.ts";
import { disableApi } from "#domain/catalog/enablement/disable.ts";
import { enableApi } from "#domain/catalog/enablement/enable.ts";
import type { Ctx } from "#domain/context.ts";
import { DomainError } from "#domain/errors.ts";
import { endSecret } from "#domain/keys/end-secret.ts";
import { restoreKey } from "#domain/keys/restore.ts";
import { revokeKey } from "#domain/keys/revoke.ts";
import { rotateKey } from "#domain/keys/rotate.ts";
import { rotateKeySchema } from "#domain/keys/rotation/schema.ts";
import { updateKeySchema } from "#domain/keys/schema.ts";
import { updateKey } from "#domain/keys/update.ts";
import { resumeProject, suspendProject } from "#domain/projects/suspend.ts";
import { updateProject } from "#domain/projects/update.ts";
import { HMAC_SECRET } from "../imported-hashes.ts";
import {
  type Clock,
  ctxOf,
  makeAdmin,
  makeApi,
  makeClock,
  makeKey,
  makeProject,
  TEST_SETTINGS,
} from "../people.ts";
import { Imports } from "./imports.ts";
import { ModelKey, ModelProject } from "./model.ts";
import type { Limited, ModelLimits } from "./model-limits.ts";
import { PlanSchedule } from "./plan-schedule.ts";
import { Product } from "./product.ts";
import {
  APIS,
  type Entries,
  NEEDED_SCOPES,
  OPERATIONS,
  rulesOf,
  SCOPES,
  toRestrictions,
  UNRESTRICTED,
} from "./rules.ts";

const RESTORABLE_MS = 30 * DAY_MS;
/** How many of the last steps are reported when a run fails. */
const REPORTED_STEPS = 40;

export interface OwnedProject {
  id: string;
  model: ModelProject;
}

export interface OwnedKey {
  project: OwnedProject;
  model: ModelKey;
}

/** The product and its model. Every change is applied to both. */
export class ProductAndModel {
  readonly product: Product;
  readonly clock: Clock;
  readonly projects: OwnedProject[] = [];
  readonly keys: OwnedKey[] = [];
  readonly imports: Imports;
  readonly plans: PlanSchedule;
  /** Set by what depends on each change. */
  afterChange = (): void => {};
  readonly #ctx: Ctx;
  readonly #steps: string[] = [];
  /** When the product lost the counters of limits last. */
  #countedSinceMs: number;

  private constructor(ctx: Ctx, clock: Clock, product: Product, imports: Imports) {
    this.#ctx = ctx;
    this.imports = imports;
    this.plans = new PlanSchedule(ctx);
    this.clock = clock;
    this.product = product;
    this.#countedSinceMs = clock.now();
  }

  static async start(db: Db): Promise<ProductAndModel> {
    const clock = makeClock();
    const admin = await makeAdmin(db);
    const settings = { ...TEST_SETTINGS, importHmacSecrets: [HMAC_SECRET] };
    const ctx = ctxOf(db, admin, { clock, settings });
    const imports = new Imports(ctx);
    await imports.declare(await makeProject(db, admin, "Unused"));
    const both = new ProductAndModel(ctx, clock, await Product.start(db, clock), imports);
    const operations = OPERATIONS.map((name) => ({ name, requiredScopes: NEEDED_SCOPES[name] }));
    for (const slug of APIS) await makeApi(db, slug, { operations, scopes: SCOPES });
    await both.plans.create();
    for (const name of ["One", "Two"]) {
      both.projects.push({ id: await makeProject(db, admin, name), model: new ModelProject() });
    }
    return both;
  }

  create(project: OwnedProject): Promise<void> {
    return this.change(`create in ${project.id}`, async () => {
      const { key, secret: token } = await makeKey(this.#ctx, project.id);
      const secret = { id: key.secrets[0]?.id ?? "", token, lapsesAtMs: null, waits: null };
      this.keys.push({ project, model: new ModelKey(key.id, project.model, secret) });
    });
  }

  toggle(key: OwnedKey, enabled: boolean): Promise<void> {
    return this.#update(key, { enabled }, (model) => {
      model.enabled = enabled;
    });
  }

  expire(key: OwnedKey, inMs: number | null): Promise<void> {
    const expiresAt = inMs === null ? null : this.clock.now() + inMs;
    return this.#update(key, { expiresAt: expiresAt && new Date(expiresAt).toISOString() }, (model) => {
      model.expiresAtMs = expiresAt;
    });
  }

  restrict(key: OwnedKey, entries: Entries): Promise<void> {
    return this.#update(key, { restrictions: toRestrictions(entries) }, (model) => {
      model.rules = rulesOf(entries);
    });
  }

  async setReportOnly(key: OwnedKey, entries: Entries | null): Promise<void> {
    // A local answer that is reported after a change of the set is counted, but not for the comparison.
    await this.product.aggregate();
    return this.#update(key, { trial: entries && toRestrictions(entries) }, (model) => {
      model.trial = entries && rulesOf(entries);
    });
  }

  async limitKey(key: OwnedKey, limits: ModelLimits): Promise<void> {
    await this.product.aggregate();
    return this.#update(key, { limits }, (model) => this.#setLimits(model, limits));
  }

  async limitProject({ id: projectId, model }: OwnedProject, limits: ModelLimits): Promise<void> {
    await this.product.aggregate();
    await this.change(`limit ${projectId} ${JSON.stringify(limits)}`, async () => {
      await updateProject({ ctx: this.#ctx, input: { projectId, limits } });
      this.#setLimits(model, limits);
    });
  }

  #setLimits(model: Limited, limits: ModelLimits): void {
    model.setLimits(limits, this.clock.now(), this.#countedSinceMs);
  }

  rotate({ project, model }: OwnedKey, overlapSeconds: number): Promise<void> {
    return this.#onActiveKey(model, `rotate ${model.id} over ${overlapSeconds} s`, async () => {
      const input = rotateKeySchema.parse({
        projectId: project.id,
        keyId: model.id,
        overlapSeconds,
        endOlder: true,
      });
      const { key, secret: token } = await rotateKey({ ctx: this.#ctx, input });
      const current = key.secrets.find(({ lapsesAt }) => lapsesAt === null);
      const secret = { id: current?.id ?? "", token, lapsesAtMs: null, waits: null };
      model.rotate(secret, overlapSeconds, this.clock.now());
    });
  }

  async endOverlap({ project, model }: OwnedKey): Promise<void> {
    const nowMs = this.clock.now();
    const older = model.secrets.find(({ lapsesAtMs }) => lapsesAtMs !== null && lapsesAtMs > nowMs);
    if (!older) return;
    await this.#onActiveKey(model, `end ${older.id}`, async () => {
      const input = { projectId: project.id, keyId: model.id, secretId: older.id };
      await endSecret({ ctx: this.#ctx, input });
      older.lapsesAtMs = nowMs;
    });
  }

  revoke({ project, model }: OwnedKey): Promise<void> {
    return this.change(`revoke ${model.id}`, async () => {
      await revokeKey({ ctx: this.#ctx, input: { projectId: project.id, keyId: model.id } });
      model.revokedAtMs ??= this.clock.now();
    });
  }

  /** Whether it was revoked too long ago to be restored. */
  isUnrestorable({ model }: OwnedKey): boolean {
    return model.revokedAtMs !== null && this.clock.now() >= model.revokedAtMs + RESTORABLE_MS;
  }

  restore(key: OwnedKey): Promise<void> {
    const { project, model } = key;
    const isTooLate = this.isUnrestorable(key);
    const restore = () => restoreKey({ ctx: this.#ctx, input: { projectId: project.id, keyId: model.id } });
    return this.change(`restore ${model.id}`, async () => {
      if (isTooLate) return this.#mustBeRejected(restore);
      await restore();
      model.revokedAtMs = null;
    });
  }

  suspend({ id: projectId, model }: OwnedProject, suspended: boolean): Promise<void> {
    return this.change(`${suspended ? "suspend" : "resume"} ${projectId}`, async () => {
      await (suspended ? suspendProject : resumeProject)({ ctx: this.#ctx, input: { projectId } });
      model.suspended = suspended;
    });
  }

  enable(project: OwnedProject, slug: string, enabled: boolean): Promise<void> {
    const { id: projectId, model } = project;
    return this.change(`${enabled ? "enable" : "disable"} ${slug} in ${projectId}`, async () => {
      await (enabled ? enableApi : disableApi)({ ctx: this.#ctx, input: { projectId, slug } });
      if (enabled) model.apis.add(slug);
      else {
        model.apis.delete(slug);
        this.plans.end(project, slug);
      }
    });
  }

  /** Puts a project that is on a plan of the API on none. */
  async leavePlan(project: OwnedProject, slug: string): Promise<void> {
    if (this.plans.planOf(project, slug) === null) return;
    await this.enable(project, slug, false);
    await this.enable(project, slug, true);
  }

  /** Terms that changed, also by themselves: new counters start with the usage, which then has to be complete. */
  async #settlePlans(): Promise<void> {
    const changed = this.projects.flatMap((project) =>
      APIS.map((api) => ({ model: project.model, api, terms: this.plans.termsOf(project, api) })),
    );
    const outdated = changed.filter(({ model, api, terms }) => (model.plans.get(api) ?? null) !== terms);
    if (outdated.length === 0) return;
    await this.product.aggregate();
    for (const { model, api, terms } of outdated)
      model.setPlan(api, terms, this.clock.now(), this.#countedSinceMs);
  }

  loseLimits(): Promise<void> {
    return this.change("lose the counters of limits", async () => {
      await this.product.loseLimits();
      this.#countedSinceMs = this.clock.now();
      const planned = this.projects.flatMap(({ model }) => [...model.planned.values()]);
      const limited: Limited[] = [
        ...[...this.keys, ...this.projects].map(({ model }) => model),
        ...planned.flatMap(({ all, write }) => [all, write]),
      ];
      for (const one of limited) one.loseCounter(this.clock.now());
    });
  }

  /** Makes a key usable, so that most checks of a run are not denied. */
  async makeUsable(key: OwnedKey): Promise<void> {
    const { project, model } = key;
    if (project.model.suspended) await this.suspend(project, false);
    for (const slug of APIS) if (!project.model.apis.has(slug)) await this.enable(project, slug, true);
    if (model.isRevoked) await this.restore(key);
    if (model.isRevoked) return;
    if (!model.enabled) await this.toggle(key, true);
    if (model.expiresAtMs !== null) await this.expire(key, null);
    if (Object.values(model.rules).some((list) => list.length > 0)) await this.restrict(key, UNRESTRICTED);
  }

  /** Applies a change and waits for the feed. After that no verdict may follow the earlier state. */
  async change(step: string, work: () => void | Promise<void>): Promise<void> {
    this.note(step);
    await work();
    await this.#settlePlans();
    await this.product.catchUp();
    this.afterChange();
  }

  note(step: string): void {
    this.#steps.push(`${new Date(this.clock.now()).toISOString()} ${step}`);
  }

  /** The last steps, for the message of a failed run. */
  get recentSteps(): string {
    return this.#steps.slice(-REPORTED_STEPS).join("\n");
  }

  #update({ project, model }: OwnedKey, fields: object, apply: (key: ModelKey) => void): Promise<void> {
    return this.#onActiveKey(model, `update ${model.id} ${JSON.stringify(fields)}`, async () => {
      const input = updateKeySchema.parse({ projectId: project.id, keyId: model.id, ...fields });
      await updateKey({ ctx: this.#ctx, input });
      apply(model);
    });
  }

  /** A change that must be rejected on a revoked key. */
  #onActiveKey(key: ModelKey, step: string, work: () => Promise<void>): Promise<void> {
    return this.change(step, () => (key.isRevoked ? this.#mustBeRejected(work) : work()));
  }

  async #mustBeRejected(work: () => Promise<unknown>): Promise<void> {
    const outcome = await work().then(
      () => "done",
      (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
    );
    if (outcome !== "conflict") throw new Error(`${outcome}, but the change must be rejected`);
  }
}
