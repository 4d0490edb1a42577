import { generateToken } from "#core/tokens.ts";
import type { Db } from "#db/open.ts";
import { LoadGenerator } from "./load-generator.ts";
import type { ModelCheck, ModelLimits, ModelSecret } from "./model.ts";
import { type OwnedKey, ProductAndModel } from "./product-and-model.ts";
import { ADDRESSES, APIS, CALLING_APPS, type Entries, OPERATIONS, PAGES } from "./rules.ts";
import { type Choose, seededChoice } from "./settings.ts";

const DAY_MS = 86_400_000;
const KEYS_MOST = 16;
/** No two add up to a whole minute, so that nothing ends at the very moment at which it is asked about. */
const SHORT_MS = [1, 7, 211, 997, 2_503, 13_007];
const LONG_MS = [61_001, 3_600_011, DAY_MS + 13, 9 * DAY_MS + 17];
/** While a verifier can't reach its database: around the 60 seconds for which it may answer. */
const CUT_OFF_MS = [1_009, 7_013, 21_011, 61_001, 3_600_011];
const BURST = 12;
/** What passes between a burst's calls, in windows of the rate: most come at once, some around its end. */
const AROUND_WINDOW = [0, 0, 0, 0, 0, 0.48, 0.97, 1.03];
const ENGINES = [0, 1];
const EITHER = [true, false];
/** A call that few rules refuse. */
const PLAIN = { operation: "read", clientIp: ADDRESSES[0], referrer: PAGES[0], app: "ios", cost: 1 } as const;

/** One run of steps that are chosen at random, each done to the product and to the model. */
export class RandomRun {
  readonly both: ProductAndModel;
  readonly asker: LoadGenerator;
  readonly #pick: Choose;

  private constructor(both: ProductAndModel, pick: Choose) {
    this.both = both;
    this.asker = new LoadGenerator(both);
    this.#pick = pick;
  }

  static async start(db: Db, name: string): Promise<RandomRun> {
    const run = new RandomRun(await ProductAndModel.start(db), seededChoice(name));
    for (let n = 0; n < 4; n++) await run.#create();
    return run;
  }

  async steps(count: number): Promise<void> {
    try {
      for (let n = 0; n < count; n++) {
        const kind = this.#pick(["check", "check", "check", "check", "burst", "pass", "change"] as const);
        if (kind === "check") await this.#check();
        else if (kind === "burst") await this.#burst();
        else if (kind === "pass") await this.#passTime(this.#pick([SHORT_MS, SHORT_MS, SHORT_MS, LONG_MS]));
        else await this.#pick(this.#changes)();
      }
    } catch (error) {
      throw new Error(`${String(error)}\nafter\n${this.both.lately}`, { cause: error });
    }
  }

  /** What is done to some key. */
  readonly #onKey = [
    (key: OwnedKey) => this.both.toggle(key, this.#pick(EITHER)),
    (key: OwnedKey) => this.both.expire(key, this.#pick([null, 60_000, DAY_MS, 20 * DAY_MS])),
    (key: OwnedKey) => this.both.restrict(key, this.#anyEntries(key)),
    (key: OwnedKey) => this.both.rotate(key, this.#pick([0, 60, 3_600, 86_400, 2_592_000])),
    (key: OwnedKey) => this.both.endOverlap(key),
    (key: OwnedKey) => this.both.revoke(key),
    (key: OwnedKey) => this.both.restore(key),
    (key: OwnedKey) => this.both.suspend(key.project, this.#pick(EITHER)),
    (key: OwnedKey) => this.both.enable(key.project, this.#pick(APIS), this.#pick(EITHER)),
  ];

  readonly #changes = [
    ...this.#onKey.map((change) => () => change(this.#pick(this.both.keys))),
    () => this.#create(),
    () => this.#rotateTwice(),
    () => this.#restrictAndAsk(),
    () => this.#try(),
    () => this.both.limitKey(this.#pick(this.both.keys), this.#anyLimits()),
    () => this.both.limitProject(this.#pick(this.both.projects), this.#anyLimits()),
    () => this.#junk(),
    () => this.#kill(),
    () => this.#breakOffCounting(),
    () => this.#cutOff(),
    () => this.both.loseLimits(),
  ];

  async #check(): Promise<void> {
    const { model } = this.#pick(this.both.keys);
    await this.asker.ask({
      which: this.#pick(ENGINES),
      key: model,
      secret: this.#pick(model.secrets),
      check: this.#anyCheck(),
    });
  }

  /** One key's current secret again and again, with little that could refuse it: until a limit does. */
  async #burst(): Promise<void> {
    const key = this.#pick(this.both.keys);
    await this.both.mend(key);
    const check = { ...PLAIN, api: this.#pick(APIS) };
    const rate = key.model.limits.rate ?? key.project.model.limits.rate;
    const spansMs = AROUND_WINDOW.map((part) => Math.round(part * (rate?.windowSeconds ?? 0) * 1_000) + 1);
    for (let n = 0; n < BURST; n++) {
      const which = this.#pick(ENGINES);
      await this.asker.ask({ which, key: key.model, secret: currentOf(key), check });
      await this.#passTime(spansMs);
    }
  }

  /** A verifier that is cut off knows what it knew, for a minute; the other learns of everything meanwhile. */
  async #cutOff(): Promise<void> {
    const { both } = this;
    const [key, which, away] = [
      this.#pick(both.keys),
      ...this.#pick([
        [0, 1],
        [1, 0],
      ] as const),
    ] as const;
    await both.mend(key);
    const { model } = key;
    const asked = () => ({ key: model, check: { ...this.#anyCheck(), api: this.#pick(APIS) } });
    for (const api of APIS)
      await this.asker.ask({ ...asked(), which: away, secret: currentOf(key), check: { ...PLAIN, api } });
    await both.change(`cut ${away} off`, () => both.product.cut(away));
    const known = { state: model.state, sinceMs: both.clock.now() };
    const secret = { ...currentOf(key) };
    for (let n = this.#pick([3, 6, 12]); n > 0; n--) {
      await this.#pick(this.#onKey)(key);
      await this.asker.ask({ ...asked(), which: away, secret, known });
      await this.asker.ask({ ...asked(), which, secret: this.#pick(model.secrets) });
      if (this.#pick(EITHER)) await this.#passTime(CUT_OFF_MS);
    }
    await both.change(`mend ${away}`, () => both.product.mend(away));
    await this.asker.ask({ ...asked(), which: away, secret: this.#pick(model.secrets) });
  }

  async #passTime(spansMs: readonly number[]): Promise<void> {
    const spanMs = this.#pick(spansMs);
    await this.both.change(`${spanMs} ms pass`, () => this.both.clock.advance(spanMs));
  }

  async #create(): Promise<void> {
    const { keys } = this.both;
    const gone = keys.findIndex((key) => this.both.isGone(key));
    if (keys.length >= KEYS_MOST && gone >= 0) keys.splice(gone, 1);
    if (keys.length < KEYS_MOST) await this.both.create(this.#pick(this.both.projects));
  }

  #try(): Promise<void> {
    const key = this.#pick(this.both.keys);
    return this.both.try(key, this.#pick([null, this.#anyEntries(key)]));
  }

  async #junk(): Promise<void> {
    const token = generateToken("lk", this.#pick(["live", "test"] as const));
    const [which, check] = [this.#pick(ENGINES), this.#anyCheck()];
    await this.asker.askWith(token, which, check, "KEY_NOT_FOUND");
    await this.asker.askWith(`${token}0`, which, check, "KEY_MALFORMED");
  }

  /** At most two secrets live, however soon one rotation follows the other. */
  async #rotateTwice(): Promise<void> {
    const key = this.#pick(this.both.keys);
    const { model } = key;
    await this.both.mend(key);
    for (let n = 0; n < 2; n++) await this.both.rotate(key, this.#pick([60, 86_400]));
    const check = { ...PLAIN, api: this.#pick(APIS), cost: 0 };
    for (const secret of model.secrets.slice(-3))
      await this.asker.ask({ which: this.#pick(ENGINES), key: model, secret, check });
  }

  /** A key that nothing else refuses, so that every rule is met. */
  async #restrictAndAsk(): Promise<void> {
    const key = this.#pick(this.both.keys);
    await this.both.mend(key);
    await this.both.restrict(key, this.#anyEntries(key));
    for (let n = 0; n < BURST; n++) {
      const which = this.#pick(ENGINES);
      await this.asker.ask({ which, key: key.model, secret: currentOf(key), check: this.#anyCheck() });
    }
  }

  async #kill(): Promise<void> {
    const which = this.#pick(ENGINES);
    await this.both.change(`kill ${which}`, () => this.both.product.kill(which));
  }

  #breakOffCounting(): Promise<void> {
    const [which, writes, lastIsDone] = [
      this.#pick(ENGINES),
      this.#pick([0, 1, 2, 3, 5]),
      this.#pick(EITHER),
    ];
    return this.both.change(`break off counting at ${which} after ${writes} writes (${lastIsDone})`, () =>
      this.both.product.breakOffCounting(which, writes, lastIsDone),
    );
  }

  #anyCheck(): ModelCheck {
    return {
      api: this.#pick(APIS),
      operation: this.#pick([...OPERATIONS, undefined]),
      clientIp: this.#pick(ADDRESSES),
      referrer: this.#pick(PAGES),
      app: this.#pick(CALLING_APPS),
      cost: this.#pick([0, 1, 1, 1, 3]),
    };
  }

  #anyEntries({ project }: OwnedKey): Entries {
    const apis = this.#pick([
      [],
      [{ api: "badges", operations: [] }],
      [
        { api: "search", operations: ["read"] },
        { api: "badges", operations: ["write", "read"] },
      ],
    ]);
    return {
      // Restricted to an API that its project has not enabled, a key could call nothing: that is not saved.
      apis: apis.filter(({ api }) => project.model.apis.has(api)),
      networks: this.#pick([[], [], [], ["10.1.0.0/16"], ["10.2.3.0/24", "10.1.0.0/16"]] as const),
      sites: this.#pick([[], [], [], ["*.example.org/shop*"], ["https://app.example.com"]] as const),
      app: this.#pick([null, null, null, "ios", "android"] as const),
    };
  }

  #anyLimits(): ModelLimits {
    return {
      rate: this.#pick([null, { limit: 2, windowSeconds: 1 }, { limit: 5, windowSeconds: 60 }]),
      quota: this.#pick([
        null,
        null,
        null,
        { limit: 5, period: "day" },
        { limit: 15, period: "month" },
      ] as const),
    };
  }
}

function currentOf({ model }: OwnedKey): ModelSecret {
  return model.secrets.at(-1) as ModelSecret;
}
