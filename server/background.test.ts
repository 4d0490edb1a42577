import { expect, test } from "vitest";
import { backgroundTasks } from "./background.ts";

test("work runs after the caller goes on, a failure is reported, and stopping waits for the rest", async () => {
  const failed: string[] = [];
  const { background, settled } = backgroundTasks((error, name) => failed.push(`${name}: ${error}`));
  const gate = Promise.withResolvers<void>();
  let done = false;
  background("mail", async () => {
    await gate.promise;
    done = true;
  });
  background("broken", async () => {
    throw new Error("451");
  });
  const stopping = settled();
  expect(done).toBe(false);
  gate.resolve();
  await stopping;
  expect([done, failed]).toEqual([true, ["broken: Error: 451"]]);
});
