import type { Restrictions } from "#core/restrictions/types.ts";

/** Encodes entries as the query of a key's restrictions page, which adds them to a draft. */
export function remedyQuery({ ips, referrers, apps, apis }: Restrictions): string {
  const params = new URLSearchParams();
  for (const entry of ips) params.append("allow.ips", entry);
  for (const entry of referrers) params.append("allow.referrers", entry);
  for (const app of apps.android) params.append("allow.android", `${app.package}@${app.sha1}`);
  for (const app of apps.ios) params.append("allow.ios", app.bundleId);
  for (const { api, operations } of apis) {
    if (operations.length === 0) params.append("allow.api", api);
    for (const operation of operations) params.append("allow.operation", `${api}:${operation}`);
  }
  return params.toString();
}
