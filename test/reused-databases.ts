import { sql } from "drizzle-orm";
import { type Db, openDb, type Scope } from "#db/open.ts";
import { type DatabasePool, releaseDatabase, takeDatabase } from "./database-reuse.ts";

const POOL_SIZE = 5;

/**
 * Databases of one test file on Postgres. They stay connected from one test to the next, because a new connection loads
 * the definition of each table again, which takes longer than most tests.
 */
export class ReusedDatabases {
  readonly #pool: DatabasePool;
  /** Connected and empty. */
  readonly #free: Db[] = [];

  constructor(pool: DatabasePool) {
    this.#pool = pool;
  }

  /** Opens an empty, migrated database. Nothing can be read or written once it is closed. */
  async open(): Promise<Db> {
    const shared =
      this.#free.pop() ?? (await openDb(await takeDatabase(this.#pool), { poolSize: POOL_SIZE }));
    const running = new Set<Promise<unknown>>();
    let closing: Promise<void> | undefined;
    // A test that reads the URL may connect in other ways, so its database is not reused.
    let urlWasRead = false;
    const requireOpen = () => {
      if (closing !== undefined) throw new Error("the test has ended, and its database is closed");
    };
    const track = async <T>(start: () => Promise<T>): Promise<T> => {
      requireOpen();
      const started = start();
      running.add(started);
      try {
        return await started;
      } finally {
        running.delete(started);
      }
    };
    const q = new Proxy(shared.read.q, {
      get(target, name, receiver) {
        requireOpen();
        return Reflect.get(target, name, receiver);
      },
    });
    const read: Scope = { ...shared.read, q };
    return {
      dialect: shared.dialect,
      read,
      get url() {
        urlWasRead = true;
        return shared.url;
      },
      write: (work) => track(() => shared.write(work)),
      snapshot: (work) => track(() => shared.snapshot(work)),
      close: () => {
        closing ??= this.#close(shared, running, () => urlWasRead);
        return closing;
      },
    };
  }

  async #close(shared: Db, running: Set<Promise<unknown>>, urlWasRead: () => boolean): Promise<void> {
    await Promise.allSettled(running);
    if (urlWasRead()) return shared.close();
    await shared.write((tx) => tx.execute(sql`select test.reset()`));
    this.#free.push(shared);
  }

  /** Leaves the free databases to other files. */
  async release(): Promise<void> {
    for (const shared of this.#free.splice(0)) {
      await shared.close();
      await releaseDatabase(this.#pool, shared.url);
    }
  }
}
