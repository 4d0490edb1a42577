import type { Ctx } from "#domain/context.ts";

/**
 * Runs work after the response. `settled` resolves when all work that was started has finished. A failure is
 * reported with the name of the work.
 */
export function backgroundTasks(onError: (error: unknown, name: string) => void): {
  background: NonNullable<Ctx["background"]>;
  settled: () => Promise<void>;
} {
  const running = new Set<Promise<void>>();
  return {
    background(name, work) {
      const task = work()
        .catch((error: unknown) => onError(error, name))
        .finally(() => running.delete(task));
      running.add(task);
    },
    settled: async () => {
      await Promise.all(running);
    },
  };
}
