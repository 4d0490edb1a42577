import type { ProjectFixture, TestCaller } from "./project-fixture.ts";

/** A request of the test of all routes. */
export interface Example {
  /** The lowest role that may call it; `stranger` is any user. */
  least: TestCaller;
  /** Creates what the request needs and returns the values of the path's parameters. */
  prepare?: (fixture: ProjectFixture) => Promise<Record<string, string>>;
  query?: string;
  body?: (fixture: ProjectFixture) => unknown;
}
