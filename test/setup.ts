import { afterAll, afterEach, beforeEach } from "vitest";
import { closeFrom, openCount } from "./db.ts";

// Before each test's own hooks, and after them.
let openBefore = 0;
beforeEach(() => {
  openBefore = openCount();
});
afterEach(() => closeFrom(openBefore));
afterAll(() => closeFrom(0));
