import type { Db } from "#db/open.ts";

/** A database as one of its users meets it, whom a test can cut off. */
export interface FlakyProxy {
  db: Db;
  /** From now on no question is answered, and no other is taken. */
  cut(): void;
  mend(): void;
  /** So many writes are done yet; of the one after that nobody learns whether it was, and then all is cut. */
  cutAfter(writes: number, lastIsDone: boolean): void;
}

export function flakyProxy(real: Db): FlakyProxy {
  let left = Number.POSITIVE_INFINITY;
  let lastIsDone = false;
  let isCut = false;
  const mustReach = () => {
    if (isCut) throw new Error("the database is away");
  };
  const db: Db = {
    ...real,
    get read() {
      mustReach();
      return real.read;
    },
    async write(work) {
      mustReach();
      if (left-- > 0) return real.write(work);
      isCut = true;
      if (lastIsDone) await real.write(work);
      throw new Error("the database went away");
    },
  };
  return {
    db,
    cut() {
      isCut = true;
    },
    mend() {
      isCut = false;
      left = Number.POSITIVE_INFINITY;
    },
    cutAfter(writes, isDone) {
      left = writes;
      lastIsDone = isDone;
    },
  };
}
