import { LRUCache } from "lru-cache";

/**
 * Keeps the `max` entries that were used last. It grows as it fills: with its option `max`, the library would allocate
 * memory for all entries at once, which takes longer than all else at the start of a process.
 */
export function leastRecent<Value extends object | string | true>(max: number): LRUCache<string, Value> {
  return new LRUCache({ maxSize: max, sizeCalculation: () => 1 });
}
