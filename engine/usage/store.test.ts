import { openTestDb } from "#test/db.ts";
import { usageStoreContract } from "#test/usage-store-contract.ts";
import { databaseUsage } from "./database-store.ts";

usageStoreContract("usage counts in the database", async () => ({
  db: await openTestDb(),
  store: databaseUsage,
}));
