import { afterEach, expect, test, vi } from "vitest";
import { clearProcessSingleton } from "#platform/process-singleton.ts";
import { onStop, runStops, startUnlessStopping } from "./lifecycle.ts";
import { log } from "./log.ts";

afterEach(() => {
  vi.restoreAllMocks();
  clearProcessSingleton("lifecycle");
});

test("jobs that were being started when the stop began end before the database is closed", async () => {
  const events: string[] = [];
  const loaded = Promise.withResolvers<void>();
  onStop("database", async () => void events.push("database closed"));
  const starting = startUnlessStopping(async () => {
    await loaded.promise;
    events.push("jobs started");
    onStop("jobs", async () => void events.push("jobs stopped"));
  });
  const stopping = runStops();
  loaded.resolve();
  await Promise.all([starting, stopping]);
  expect(events).toEqual(["jobs started", "jobs stopped", "database closed"]);
});

test("a database that a start opens is closed after the start has failed, and the failure reaches its caller", async () => {
  const events: string[] = [];
  const loaded = Promise.withResolvers<void>();
  const starting = startUnlessStopping(async () => {
    onStop("database", async () => void events.push("database closed"));
    await loaded.promise;
  });
  const stopping = runStops();
  events.push("load failed");
  loaded.reject(new Error("no such module"));
  await expect(starting).rejects.toThrow("no such module");
  await stopping;
  expect(events).toEqual(["load failed", "database closed"]);
});

test("nothing starts once the stop has begun", async () => {
  await runStops();
  const start = vi.fn(async () => {});
  await startUnlessStopping(start);
  expect(start).not.toHaveBeenCalled();
});

test("a component that fails to stop is logged and does not keep the others from stopping", async () => {
  const logged = vi.spyOn(log, "error").mockImplementation(() => {});
  const stopped: string[] = [];
  onStop("first", async () => void stopped.push("first"));
  onStop("second", async () => {
    throw new Error("away");
  });
  onStop("third", async () => void stopped.push("third"));
  await runStops();
  expect(stopped).toEqual(["third", "first"]);
  expect(logged).toHaveBeenCalledWith(expect.objectContaining({ part: "second" }), expect.any(String));
});
