import { expect, test } from "vitest";
import { LoadShedder } from "./load-shedder.ts";

/** Resolves after a turn of the event loop, including its deferred callbacks. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

interface Machine {
  /** The time to evaluate a check, to send the responses of a turn, and to reject a request, ms. */
  eachMs?: number;
  answersMs?: number;
  rejectMs?: number;
  random?: () => number;
}

function shedderOf({ eachMs = 0, answersMs = 0, rejectMs = 0, random = () => 0 }: Machine = {}) {
  let nowMs = 0;
  const pass = (ms: number) => {
    nowMs += ms;
  };
  const shedder = new LoadShedder({ clock: () => nowMs, random, onTurnBegun: () => pass(answersMs) });
  /** Sends `count` requests in one turn. Returns the positions of the accepted ones. */
  const ask = async (count: number): Promise<number[]> => {
    const begun: number[] = [];
    let rejected = 0;
    for (let place = 0; place < count; place++) {
      const begin = () => {
        begun.push(place);
        pass(eachMs);
      };
      const reject = () => {
        rejected++;
        pass(rejectMs);
      };
      shedder.submit(begin, reject);
    }
    await turn();
    expect(begun.length + rejected).toBe(count);
    return begun.toSorted((a, b) => a - b);
  };
  return { ask, pass };
}

test("a burst is accepted up to a bound in each turn", async () => {
  const { ask } = shedderOf();
  expect((await ask(2_000)).length).toBe(512);
  expect((await ask(2_000)).length).toBe(512);
  expect((await ask(40)).length).toBe(40);
});

test("sustained overload lowers the bound until no turn has been saturated for as long", async () => {
  const { ask, pass } = shedderOf();
  const all = async (count: number) => (await ask(count)).length;
  expect(await all(600)).toBe(512);
  pass(60);
  expect(await all(600)).toBe(512);
  pass(40);
  expect(await all(600)).toBe(128);
  expect(await all(40)).toBe(40);
  pass(60);
  // One turn that is saturated again restarts it.
  expect(await all(600)).toBe(128);
  expect(await all(40)).toBe(40);
  pass(60);
  expect(await all(600)).toBe(128);
  expect(await all(40)).toBe(40);
  pass(60);
  expect(await all(40)).toBe(40);
  pass(40);
  expect(await all(40)).toBe(40);
  expect(await all(600)).toBe(512);
});

test("a turn accepts what can be evaluated soon, and fewer requests during overload", async () => {
  for (const [eachMs, calm, overloaded] of [
    [0.001, 512, 128],
    [0.03, 200, 66],
    [0.25, 96, 32],
  ] as const) {
    const { ask, pass } = shedderOf({ eachMs });
    // It learns from turn to turn what a check takes.
    for (let turns = 0; turns < 200; turns++) await ask(90);
    expect((await ask(600)).length).toBeCloseTo(calm, -1);
    await ask(600);
    pass(99);
    for (let turns = 0; turns < 50; turns++) await ask(600);
    expect((await ask(600)).length).toBeCloseTo(overloaded, -1);
  }
});

test("the time to respond and to reject does not lower the bound", async () => {
  const { ask } = shedderOf({ eachMs: 0.001, answersMs: 5, rejectMs: 1 });
  for (let turns = 0; turns < 50; turns++) await ask(600);
  expect((await ask(600)).length).toBe(128);
});

test("a single slow check does not lower the bound of the next burst", async () => {
  const { ask } = shedderOf({ eachMs: 0.2 });
  for (let turns = 0; turns < 50; turns++) await ask(1);
  expect((await ask(400)).length).toBe(400);
});

test("overload ends after a pause without requests", async () => {
  const { ask, pass } = shedderOf();
  await ask(600);
  pass(100);
  expect((await ask(600)).length).toBe(512);
  await ask(600);
  pass(99);
  await ask(600);
  pass(1);
  expect((await ask(600)).length).toBe(128);
  pass(100);
  expect((await ask(600)).length).toBe(512);
});

test("requests below saturation are accepted however slow the machine is", async () => {
  const { ask } = shedderOf({ eachMs: 100 });
  for (let turns = 0; turns < 50; turns++) expect((await ask(95)).length).toBe(95);
});

test("requests are not accepted in order of arrival", async () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const { ask } = shedderOf({ random });
  const CALLERS = 1_024;
  const acceptedBy = new Array<number>(CALLERS).fill(0);
  const TURNS = 200;
  for (let turns = 0; turns < TURNS; turns++) {
    for (const place of await ask(CALLERS)) acceptedBy[place] = (acceptedBy[place] ?? 0) + 1;
  }
  // Half of them each turn: seven standard deviations from that are 50 of 200.
  expect(Math.min(...acceptedBy)).toBeGreaterThan(TURNS / 2 - 50);
  expect(Math.max(...acceptedBy)).toBeLessThan(TURNS / 2 + 50);
});

test("the end of a turn is reported once all accepted requests have begun", async () => {
  const done: string[] = [];
  const shedder = new LoadShedder({ onTurnBegun: () => done.push("end of turn") });
  for (const name of ["first", "second"]) {
    shedder.submit(
      () => process.nextTick(() => process.nextTick(() => done.push(name))),
      () => {},
    );
  }
  await turn();
  expect(done).toEqual(["first", "second", "end of turn"]);
});
