import type { UsageInterval } from "#db/tables/usage.ts";

/** A row to add to `usage`, in the order of its columns. */
export type UsageRow = [
  interval: UsageInterval,
  projectId: string,
  bucket: number,
  keyId: string,
  secretId: string,
  api: string,
  operation: string,
  environment: string,
  code: string,
  count: number,
  units: number,
];

/** A row to add to `report_only_counts`, in the order of its columns. */
export type ReportOnlyRow = [keyId: string, since: number, bucket: number, code: string, count: number];

export type LastUse = [id: string, atMs: number];
