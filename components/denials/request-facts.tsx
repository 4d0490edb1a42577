"use client";

import { REMEDIES } from "#core/denial-remedies.ts";
import type { Denial } from "#domain/keys/denials/schema.ts";
import { ENVIRONMENT_TEXT } from "../keys/environment-text.ts";
import { formatDateTime } from "../ui/format-time.ts";
import { useTimeZone } from "../ui/time.tsx";
import { denialsText } from "./text.ts";

/** What is known about a denied request, and how to fix it. */
export function RequestFacts({ item }: { item: Denial }) {
  const facts: [string, string | null][] = [
    [denialsText.columns.time, formatDateTime(Date.parse(item.time), useTimeZone())],
    [denialsText.api, item.operation ? `${item.api}, ${item.operation}` : item.api],
    [denialsText.environment, ENVIRONMENT_TEXT[item.environment]],
    ["clientIp", item.client.clientIp],
    ["referrer", item.client.referrer],
    ["origin", item.client.origin],
    ["androidPackage", item.client.androidPackage],
    ["androidCertSha1", item.client.androidCertSha1],
    ["iosBundleId", item.client.iosBundleId],
  ];
  return (
    <>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono break-all">{value}</dd>
            </div>
          ),
        )}
      </dl>
      <p className="mt-2 max-w-prose text-muted">{REMEDIES[item.code].replaceAll("`", "")}</p>
    </>
  );
}
