import type { Tx } from "./database.ts";

/** Collects the callbacks of a transaction and calls them after its commit. */
export async function withAfterCommit<T>(run: (afterCommit: Tx["afterCommit"]) => Promise<T>): Promise<T> {
  const waiting: (() => void)[] = [];
  const result = await run((work) => void waiting.push(work));
  for (const work of waiting) work();
  return result;
}
