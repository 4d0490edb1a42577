import { expect, test } from "vitest";
import { Admission } from "./admission.ts";

/** Once a turn of the event loop is over, with all that it left for later. */
const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

/** A door before a machine on which each check takes `eachMs`. */
function doorOf({ eachMs = 0, random = () => 0 }: { eachMs?: number; random?: () => number } = {}) {
  let nowMs = 0;
  const admission = new Admission({ clock: () => nowMs, random });
  /** Has so many ask in one turn; the places of those who were let in. */
  const ask = async (count: number): Promise<number[]> => {
    const begun: number[] = [];
    let refused = 0;
    for (let place = 0; place < count; place++) {
      const begin = () => {
        begun.push(place);
        nowMs += eachMs;
      };
      admission.ask(begin, () => refused++);
    }
    await turn();
    expect(begun.length + refused).toBe(count);
    return begun.toSorted((a, b) => a - b);
  };
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { admission, ask, pass };
}

test("a burst is let in up to a bound each turn, and who is turned away is counted", async () => {
  const { admission, ask } = doorOf();
  expect((await ask(2_000)).length).toBe(512);
  expect((await ask(2_000)).length).toBe(512);
  expect(admission.refused).toBe(2 * (2_000 - 512));
  expect((await ask(40)).length).toBe(40);
});

test("what goes on for longer than a burst is held to fewer, until no turn has been crowded for as long", async () => {
  const { ask, pass } = doorOf();
  const all = async (count: number) => (await ask(count)).length;
  expect(await all(600)).toBe(512);
  pass(99);
  expect(await all(600)).toBe(512);
  pass(1);
  expect(await all(600)).toBe(128);
  expect(await all(40)).toBe(40);
  pass(99);
  // One turn that is crowded again begins it anew.
  expect(await all(600)).toBe(128);
  expect(await all(40)).toBe(40);
  pass(100);
  expect(await all(40)).toBe(40);
  expect(await all(600)).toBe(512);
});

test("on a slow machine a turn lets in what it can answer soon", async () => {
  const { ask } = doorOf({ eachMs: 0.25 });
  // It learns from turn to turn what a check takes.
  for (let turns = 0; turns < 50; turns++) await ask(60);
  expect((await ask(600)).length).toBe(96);
  for (let turns = 0; turns < 10; turns++) await ask(600);
  expect((await ask(600)).length).toBe(32);
});

test("fewer than a crowd are let in, however slow the machine", async () => {
  const { ask } = doorOf({ eachMs: 100 });
  for (let turns = 0; turns < 50; turns++) expect((await ask(95)).length).toBe(95);
});

test("who is let in does not follow from who asked first", async () => {
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const { ask } = doorOf({ random });
  const CALLERS = 1_024;
  const letIn = new Array<number>(CALLERS).fill(0);
  const TURNS = 200;
  for (let turns = 0; turns < TURNS; turns++) {
    for (const place of await ask(CALLERS)) letIn[place] = (letIn[place] ?? 0) + 1;
  }
  // Half of them each turn: seven standard deviations from that are 50 of 200.
  expect(Math.min(...letIn)).toBeGreaterThan(TURNS / 2 - 50);
  expect(Math.max(...letIn)).toBeLessThan(TURNS / 2 + 50);
});

test("is told of a turn's end when all has begun that the turn let in", async () => {
  const done: string[] = [];
  const admission = new Admission({ begun: () => done.push("end of turn") });
  for (const name of ["first", "second"]) {
    admission.ask(
      () => process.nextTick(() => process.nextTick(() => done.push(name))),
      () => {},
    );
  }
  await turn();
  expect(done).toEqual(["first", "second", "end of turn"]);
});
