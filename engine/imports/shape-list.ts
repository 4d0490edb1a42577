import type { DeclaredShape } from "#core/token-shape.ts";
import type { Db } from "#db/open.ts";
import { loadShapes } from "./load-imports.ts";

const RETRY_MS = 500;

/**
 * The declared shapes, always at hand: whether a text can be a token is decided without waiting. After an import they are
 * read again; until then, and while the database can't be read, the last ones count.
 */
export class ShapeList {
  readonly #db: Db;
  readonly #onRead: () => void;
  readonly #read: typeof loadShapes;
  #current: readonly DeclaredShape[] = [];
  /** The number of started reads, and the read that `#current` is from. */
  #begun = 0;
  #from = 0;
  #isReading = false;
  #isStale = false;
  #retry: NodeJS.Timeout | undefined;

  /** `onRead`: called after they were read again. `read` is replaced in tests. */
  constructor(db: Db, onRead: () => void, read = loadShapes) {
    this.#db = db;
    this.#onRead = onRead;
    this.#read = read;
  }

  /** Another array after each change. */
  get current(): readonly DeclaredShape[] {
    return this.#current;
  }

  /** Rejects if the database can't be read. */
  async load(): Promise<void> {
    const number = ++this.#begun;
    const shapes = await this.#read(this.#db);
    // An earlier read may end later, with older shapes.
    if (number < this.#from) return;
    this.#from = number;
    this.#current = shapes;
  }

  /** Reads them again, even if a read that may be older is in progress. */
  refresh(): void {
    this.#isStale = true;
    if (!this.#isReading) void this.#readAgain();
  }

  stop(): void {
    clearTimeout(this.#retry);
  }

  async #readAgain(): Promise<void> {
    this.#isReading = true;
    clearTimeout(this.#retry);
    try {
      while (this.#isStale) {
        this.#isStale = false;
        await this.load();
        this.#onRead();
      }
    } catch {
      this.#retry = setTimeout(() => this.refresh(), RETRY_MS);
      this.#retry.unref();
    } finally {
      this.#isReading = false;
    }
  }
}
