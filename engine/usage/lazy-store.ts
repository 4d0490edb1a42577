import type { Db, Scope, Tx } from "#db/open.ts";
import type {
  UsageBatch,
  UsageColumns,
  UsageFilter,
  UsageGroupSize,
  UsageLabel,
  UsageQuery,
  UsageStore,
  UsageSum,
  UsageSums,
} from "./types.ts";

/** A store that is opened when it is first used. */
export class LazyUsage implements UsageStore {
  readonly #open: () => Promise<UsageStore>;
  #opened: Promise<UsageStore> | null = null;

  constructor(open: () => Promise<UsageStore>) {
    this.#open = open;
  }

  #store(): Promise<UsageStore> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async add(tx: Tx, batch: UsageBatch): Promise<void> {
    await (await this.#store()).add(tx, batch);
  }

  async sum<By extends keyof UsageColumns, Sum extends keyof UsageSums>(
    scope: Scope,
    query: UsageQuery<By, Sum>,
  ): Promise<UsageSum<By, Sum>[]> {
    return (await this.#store()).sum(scope, query);
  }

  async groupSizes(scope: Scope, filter: UsageFilter, label: UsageLabel): Promise<UsageGroupSize[]> {
    return (await this.#store()).groupSizes(scope, filter, label);
  }

  async deliver(db: Db): Promise<void> {
    await (await this.#store()).deliver(db);
  }

  async isDelivered(db: Db): Promise<boolean> {
    return (await this.#store()).isDelivered(db);
  }
}
