import type { Db } from "#db/open.ts";
import { ctxOf, makeAdmin, makeApi, makeClock, makeProject } from "../people.ts";
import { diceOf } from "./form.ts";
import {
  allowedCodes,
  consume,
  type ModelCheck,
  type ModelKey,
  ModelProject,
  type ModelSecret,
} from "./model.ts";
import { Product } from "./product.ts";
import { APIS, OPERATIONS, type Owned, type OwnedKey, RandomChanges } from "./random-changes.ts";

const DAY_MS = 86_400_000;
const ADDRESSES = ["10.1.2.3", "10.2.3.4", "10.2.4.4", "198.51.100.7", undefined];
/** No two add up to a whole minute, so that nothing ends at the very moment at which it is asked about. */
const SHORT_MS = [1, 7, 211, 997, 2_503, 13_007];
const LONG_MS = [61_001, 3_600_011, DAY_MS + 13, 9 * DAY_MS + 17];
/** Told when a run fails: what was done last. */
const TOLD_STEPS = 40;
const BURST = 8;

/** One run of steps that are chosen at random, each done to the product and to the model. */
export class RandomRun extends RandomChanges {
  /** By key and code, what the usage figures have to say at the end. */
  readonly expected = new Map<string, number>();

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
      run.projects.push({ id: await makeProject(db, admin, project), model: new ModelProject() });
    }
    for (let n = 0; n < 4; n++) await run.create();
    return run;
  }

  async steps(count: number): Promise<void> {
    try {
      for (let n = 0; n < count; n++) {
        const kind = this.pick(["check", "check", "check", "check", "burst", "pass", "change"] as const);
        if (kind === "check") await this.#check();
        else if (kind === "burst") await this.#burst();
        else if (kind === "pass") await this.#passTime();
        else await this.changeSomething();
      }
    } catch (error) {
      throw new Error(`${String(error)}\nafter\n${this.done.slice(-TOLD_STEPS).join("\n")}`, {
        cause: error,
      });
    }
  }

  async #check(): Promise<void> {
    const { model } = this.pick(this.keys);
    await this.#ask(model, this.pick(model.secrets), {
      api: this.pick(APIS),
      operation: this.pick([...OPERATIONS, undefined]),
      clientIp: this.pick(ADDRESSES),
      cost: this.pick([0, 1, 1, 1, 3]),
    });
  }

  /** One key's current secret again and again, with little that could refuse it: until a limit does. */
  async #burst(): Promise<void> {
    const key = this.pick(this.keys);
    const { model } = key;
    await this.#mend(key);
    const check = { api: this.pick(APIS), operation: "read", clientIp: ADDRESSES[0], cost: 1 };
    for (let n = 0; n < BURST; n++) {
      await this.#ask(model, model.secrets.at(-1) as ModelSecret, check);
      if (n % 2 === 0) this.clock.advance(1);
    }
  }

  /** Brings a key back to where it can be used, so that a run does not spend its time on refusals. */
  async #mend(key: OwnedKey): Promise<void> {
    const { id, model } = this.projects.find(({ id }) => id === key.projectId) as Owned;
    if (model.suspended) await this.suspend({ id, model }, false);
    for (const slug of APIS) if (!model.apis.has(slug)) await this.enable({ id, model }, slug, true);
    if (key.model.isRevoked) await this.restore(key);
    if (key.model.isRevoked) return;
    if (!key.model.enabled) await this.toggle(true, key);
    if (key.model.expiresAtMs !== null) await this.expire(null, key);
  }

  async #ask(model: ModelKey, secret: ModelSecret, check: ModelCheck): Promise<void> {
    const nowMs = this.clock.now();
    const allowed = allowedCodes(model, secret, check, nowMs);
    const { operation, clientIp, ...always } = check;
    const verdict = await this.product.check(this.pick([0, 1]), secret.token, {
      ...always,
      ...(operation !== undefined && { operation }),
      ...(clientIp !== undefined && { clientIp }),
    });
    this.note(`check ${model.id} ${secret.id} ${JSON.stringify(check)}: ${verdict.code}`);
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
    const span = this.pick(this.pick([SHORT_MS, SHORT_MS, SHORT_MS, LONG_MS]));
    this.clock.advance(span);
    this.note(`${span} ms pass`);
    await this.product.settle();
  }
}
