import { sql } from "drizzle-orm";
import { type Db, openDb, type Scope } from "#db/open.ts";
import { createDatabase, type TestPostgres } from "./database-reuse.ts";

const POOL_SIZE = 5;
const READER_URL = Symbol("readerUrl");

/**
 * The URL of a test's database, for connections that only read or listen, and end with the test. A database whose `url`
 * was read is not reused.
 */
export function readerUrlOf(db: Db & { [READER_URL]?: string }): string {
  return db[READER_URL] ?? db.url;
}

/**
 * Databases of one process on Postgres. Creating one takes a hundred times as long as emptying one. They stay connected
 * from one test to the next, also to that of the next file, because a new connection loads the definition of each table
 * again, which takes longer than most tests.
 */
export class ReusedDatabases {
  readonly #server: TestPostgres;
  /** Connected and empty. */
  readonly #free: Db[] = [];

  constructor(server: TestPostgres) {
    this.#server = server;
  }

  /** Opens an empty, migrated database. Nothing can be read or written once it is closed. */
  async open(): Promise<Db> {
    const shared =
      this.#free.pop() ?? (await openDb(await createDatabase(this.#server), { poolSize: POOL_SIZE }));
    const running = new Set<Promise<unknown>>();
    let closing: Promise<void> | undefined;
    // A test that reads the URL may write or change definitions in other ways, so its database is not reused.
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
    const handle: Omit<Db, "url"> & { [READER_URL]: string } = {
      dialect: shared.dialect,
      read,
      write: (work) => track(() => shared.write(work)),
      snapshot: (work) => track(() => shared.snapshot(work)),
      close: () => {
        closing ??= this.#close(shared, running, () => urlWasRead);
        return closing;
      },
      [READER_URL]: shared.url,
    };
    const getUrl = () => {
      urlWasRead = true;
      return shared.url;
    };
    // Not enumerable: `{ ...db, write }` does not read it.
    return Object.defineProperty(handle, "url", { get: getUrl, enumerable: false }) as typeof handle & Db;
  }

  async #close(shared: Db, running: Set<Promise<unknown>>, urlWasRead: () => boolean): Promise<void> {
    await Promise.allSettled(running);
    if (urlWasRead()) return shared.close();
    await shared.write((tx) => tx.execute(sql`select test.reset()`));
    this.#free.push(shared);
  }
}
