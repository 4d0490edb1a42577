import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take more than ten seconds, the slowest of each project first. Without results of an earlier run, Vitest
 * starts the largest files first: a short file of slow tests would then run alone at the end.
 */
const SLOWEST = [
  "test/faults/local.test.ts",
  "test/faults/postgres.test.ts",
  "test/faults/redis.test.ts",
  "test/faults/portal.test.ts",
  "test/faults/clock.test.ts",
  "test/faults/pgbouncer.test.ts",
  "test/faults/redis-connections.test.ts",
  "test/faults/kill.test.ts",
  "test/faults/disk.test.ts",
  "cli/dev.test.ts",
  "engine/limits/redis-cluster.test.ts",
  "test/hostile/portal.test.ts",
  "engine/limits/process.test.ts",
  "cli/main.test.ts",
  "platform/tracing/tracing.test.ts",
  "verifier/gate/gateways.test.ts",
];

/** Starts the slowest files of each project first, so that none of them runs alone at the end. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const byProject = Map.groupBy(await super.sort(files), ({ project }) => project);
    return [...byProject.values()].flatMap((ofProject) => ofProject.toSorted((a, b) => rank(a) - rank(b)));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = SLOWEST.findIndex((path) => moduleId.endsWith(`/${path}`));
  return place === -1 ? SLOWEST.length : place;
}
