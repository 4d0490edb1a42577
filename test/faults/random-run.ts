import { DAY_MS } from "#core/time.ts";
import { HASH_ALGORITHMS, type HashAlgorithm } from "#core/token-shape.ts";
import { generateToken, hashToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { OLD_SHAPE } from "../imported-hashes.ts";
import { isImported } from "./imports.ts";
import { LoadGenerator } from "./load-generator.ts";
import type { ModelSecret } from "./model.ts";
import { LOCAL } from "./product.ts";
import { type OwnedKey, ProductAndModel } from "./product-and-model.ts";
import { anyCheck, anyEntries } from "./random-checks.ts";
import { RandomPlans } from "./random-plans.ts";
import { RandomTokens } from "./random-tokens.ts";
import { ADDRESSES, APIS, anyLimits, NEEDED_SCOPES, PAGES } from "./rules.ts";
import { type Choose, seededChoice } from "./settings.ts";

const MAX_KEYS = 16;
/** No sum of them is a whole minute, so that nothing ends at the exact time of a check. */
const SHORT_MS = [1, 7, 211, 997, 2_503, 13_007];
const LONG_MS = [61_001, 3_600_011, DAY_MS + 13, 9 * DAY_MS + 17];
/** Around the 60 seconds for which a disconnected verifier may answer. */
const DISCONNECTED_MS = [1_009, 7_013, 21_011, 61_001, 3_600_011];
const BURST = 12;
/** Pauses between the checks of a burst, in windows of the rate limit. Most follow at once, some near its end. */
const AROUND_WINDOW = [0, 0, 0, 0, 0, 0.48, 0.97, 1.03];
const ENGINES = [0, 1];
const TARGETS = [...ENGINES, LOCAL];
const BOOLEANS = [true, false];
/** A check that few restrictions deny. */
const COMMON_CHECK = {
  operation: "read",
  clientIp: ADDRESSES[0],
  referrer: PAGES[0],
  app: "ios",
  cost: 1,
  requiredScopes: undefined,
  neededScopes: NEEDED_SCOPES.read,
} as const;

/** A run of random steps, each applied to the product and the model. */
export class RandomRun {
  readonly both: ProductAndModel;
  readonly load: LoadGenerator;
  readonly tokens: RandomTokens;
  readonly #plans: RandomPlans;
  readonly #pick: Choose;

  private constructor(both: ProductAndModel, pick: Choose) {
    this.both = both;
    this.load = new LoadGenerator(both);
    this.tokens = new RandomTokens(both, this.load, pick);
    this.#plans = new RandomPlans(both, pick);
    this.#pick = pick;
  }

  static async start(db: Db, name: string): Promise<RandomRun> {
    const run = new RandomRun(await ProductAndModel.start(db), seededChoice(name));
    for (let n = 0; n < 4; n++) await run.#create();
    for (const algorithm of HASH_ALGORITHMS) await run.#import(algorithm);
    return run;
  }

  async steps(count: number): Promise<void> {
    try {
      for (let n = 0; n < count; n++) {
        const kind = this.#pick(["check", "check", "check", "check", "burst", "pass", "change"] as const);
        if (kind === "check") await this.#check();
        else if (kind === "burst") await this.#burst();
        else if (kind === "pass") await this.#passTime(this.#pick([SHORT_MS, SHORT_MS, SHORT_MS, LONG_MS]));
        else {
          await this.#pick(this.#changes)();
          await this.tokens.verify();
        }
      }
    } catch (error) {
      throw new Error(`${String(error)}\nafter\n${this.both.recentSteps}`, { cause: error });
    }
  }

  /** Changes of one key. */
  readonly #onKey = [
    (key: OwnedKey) => this.both.toggle(key, this.#pick(BOOLEANS)),
    (key: OwnedKey) => this.both.expire(key, this.#pick([null, 60_000, DAY_MS, 20 * DAY_MS])),
    (key: OwnedKey) => this.both.restrict(key, anyEntries(this.#pick, key)),
    (key: OwnedKey) => this.both.rotate(key, this.#pick([0, 60, 3_600, 86_400, 2_592_000])),
    (key: OwnedKey) => this.both.endOverlap(key),
    (key: OwnedKey) => this.both.revoke(key),
    (key: OwnedKey) => this.both.restore(key),
    (key: OwnedKey) => this.both.suspend(key.project, this.#pick(BOOLEANS)),
    (key: OwnedKey) => this.both.enable(key.project, this.#pick(APIS), this.#pick(BOOLEANS)),
  ];

  readonly #changes = [
    ...this.#onKey.map((change) => () => change(this.#pick(this.both.keys))),
    () => this.#create(),
    () => this.#rotateTwice(),
    () => this.#restrictAndCheck(),
    () => this.#setReportOnly(),
    () => this.both.limitKey(this.#pick(this.both.keys), anyLimits(this.#pick)),
    () => this.both.limitProject(this.#pick(this.both.projects), anyLimits(this.#pick)),
    () => this.#plans.subscribe(),
    () => this.#plans.publish(),
    () => this.#plans.agree(),
    () => this.tokens.issue(),
    () => this.tokens.issue(),
    () => this.tokens.revoke(),
    () => this.#checkUnknownSecret(),
    () => this.#importAgain(),
    () => this.both.imports.storeFirstUses(this.both),
    () => this.#kill(),
    () => this.#interruptAggregation(),
    () => this.#disconnect(),
    () => this.both.loseLimits(),
  ];

  async #check(): Promise<void> {
    const { model } = this.#pick(this.both.keys);
    await this.load.check({
      which: this.#pick(TARGETS),
      key: model,
      secret: this.#pick(model.secrets),
      check: anyCheck(this.#pick),
    });
  }

  /** Checks the current secret of a usable key repeatedly, until a limit denies it. */
  async #burst(): Promise<void> {
    const key = this.#pick(this.both.keys);
    await this.both.makeUsable(key);
    const check = { ...COMMON_CHECK, api: this.#pick(APIS) };
    const rate = key.model.limits.rate ?? key.project.model.limits.rate;
    const spansMs = AROUND_WINDOW.map((part) => Math.round(part * (rate?.windowSeconds ?? 0) * 1_000) + 1);
    for (let n = 0; n < BURST; n++) {
      const which = this.#pick(TARGETS);
      await this.load.check({ which, key: key.model, secret: currentOf(key), check });
      await this.#passTime(spansMs);
    }
  }

  /** A disconnected verifier answers from its cache for a minute, while the other one learns of every change. */
  async #disconnect(): Promise<void> {
    const { both } = this;
    const [key, which, away] = [
      this.#pick(both.keys),
      ...this.#pick([
        [0, 1],
        [1, 0],
      ] as const),
    ] as const;
    if (currentOf(key).waits !== null) return; // It would need the database.
    await both.makeUsable(key);
    // What follows enables and disables APIs, which ends plans: the verifier without connection would still have them.
    for (const api of APIS) await both.leavePlan(key.project, api);
    const { model } = key;
    const randomCheck = () => ({ key: model, check: { ...anyCheck(this.#pick), api: this.#pick(APIS) } });
    for (const api of APIS)
      await this.load.check({
        ...randomCheck(),
        which: away,
        secret: currentOf(key),
        check: { ...COMMON_CHECK, api },
      });
    await both.change(`disconnect ${away}`, () => both.product.disconnect(away));
    const known = { state: model.state, sinceMs: both.clock.now() };
    const secret = { ...currentOf(key) };
    for (let n = this.#pick([3, 6, 12]); n > 0; n--) {
      await this.#pick(this.#onKey)(key);
      await this.load.check({ ...randomCheck(), which: away, secret, known });
      await this.load.check({ ...randomCheck(), which, secret: this.#pick(model.secrets) });
      if (this.#pick(BOOLEANS)) await this.#passTime(DISCONNECTED_MS);
    }
    await both.change(`reconnect ${away}`, () => both.product.reconnect(away));
    await this.load.check({ ...randomCheck(), which: away, secret: this.#pick(model.secrets) });
  }

  async #passTime(spansMs: readonly number[]): Promise<void> {
    const spanMs = this.#pick(spansMs);
    await this.both.change(`${spanMs} ms pass`, () => this.both.clock.advance(spanMs));
  }

  async #create(): Promise<void> {
    const { keys } = this.both;
    const unrestorable = keys.findIndex((key) => this.both.isUnrestorable(key));
    if (keys.length >= MAX_KEYS && unrestorable >= 0) keys.splice(unrestorable, 1);
    if (keys.length >= MAX_KEYS) return;
    if (this.#pick(BOOLEANS)) await this.both.create(this.#pick(this.both.projects));
    else await this.#import(this.#pick(HASH_ALGORITHMS));
  }

  #import(algorithm: HashAlgorithm): Promise<void> {
    return this.both.imports.import(this.both, this.#pick(this.both.projects), algorithm);
  }

  /** A second import of a token takes it from no key, at no verifier. */
  async #importAgain(): Promise<void> {
    const { both } = this;
    const { model } = this.#pick(both.keys);
    const [secret] = model.secrets;
    if (!isImported(secret)) return;
    await both.imports.importAgain(both, secret, this.#pick(both.projects), this.#pick(BOOLEANS));
    const check = { ...COMMON_CHECK, api: this.#pick(APIS) };
    for (const which of TARGETS) await this.load.check({ which, key: model, secret, check });
  }

  #setReportOnly(): Promise<void> {
    const key = this.#pick(this.both.keys);
    return this.both.setReportOnly(key, this.#pick([null, anyEntries(this.#pick, key)]));
  }

  async #checkUnknownSecret(): Promise<void> {
    const token = generateToken("lk", this.#pick(["live", "test"] as const));
    const [which, check] = [this.#pick(TARGETS), anyCheck(this.#pick)];
    await this.load.checkUnknownSecret(token, which, check, "KEY_NOT_FOUND");
    const imported = `${OLD_SHAPE.prefix}${hashToken(token).slice(0, 32)}`;
    await this.load.checkUnknownSecret(imported, which, check, "KEY_NOT_FOUND");
    await this.load.checkUnknownSecret(`${token}0`, which, check, "KEY_MALFORMED");
  }

  /** At most two secrets are usable, however soon one rotation follows another. */
  async #rotateTwice(): Promise<void> {
    const key = this.#pick(this.both.keys);
    const { model } = key;
    await this.both.makeUsable(key);
    for (let n = 0; n < 2; n++) await this.both.rotate(key, this.#pick([60, 86_400]));
    const check = { ...COMMON_CHECK, api: this.#pick(APIS), cost: 0 };
    for (const secret of model.secrets.slice(-3))
      await this.load.check({ which: this.#pick(TARGETS), key: model, secret, check });
  }

  /** Only its restrictions can deny the key, so that every restriction is reached. */
  async #restrictAndCheck(): Promise<void> {
    const key = this.#pick(this.both.keys);
    await this.both.makeUsable(key);
    await this.both.restrict(key, anyEntries(this.#pick, key));
    for (let n = 0; n < BURST; n++) {
      const which = this.#pick(TARGETS);
      await this.load.check({ which, key: key.model, secret: currentOf(key), check: anyCheck(this.#pick) });
    }
  }

  async #kill(): Promise<void> {
    const which = this.#pick(ENGINES);
    await this.both.change(`kill ${which}`, () => this.both.product.kill(which));
  }

  #interruptAggregation(): Promise<void> {
    const [which, writes, lastCommits] = [
      this.#pick(ENGINES),
      this.#pick([0, 1, 2, 3, 5]),
      this.#pick(BOOLEANS),
    ];
    return this.both.change(`interrupt aggregation at ${which} after ${writes} writes (${lastCommits})`, () =>
      this.both.product.interruptAggregation(which, writes, lastCommits),
    );
  }
}

function currentOf({ model }: OwnedKey): ModelSecret {
  return model.secrets.at(-1) as ModelSecret;
}
