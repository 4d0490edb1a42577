import { DENIALS } from "#core/denials.ts";
import type { Denial } from "#domain/keys/denials/types.ts";
import { formatDateTime } from "../ui/format.ts";
import { useTimeZone } from "../ui/time.tsx";

interface RefusalDetailsProps {
  item: Denial;
  open: boolean;
  onOpen: (open: boolean) => void;
}

/** Everything that was said of a refused call, and what to do about it. */
export function RefusalDetails({ item, open, onOpen }: RefusalDetailsProps) {
  const facts: [string, string | null][] = [
    ["Time", formatDateTime(Date.parse(item.time), useTimeZone())],
    ["API", item.operation ? `${item.api}, ${item.operation}` : item.api],
    ["Environment", item.environment],
    ["clientIp", item.client.clientIp],
    ["referrer", item.client.referrer],
    ["origin", item.client.origin],
    ["androidPackage", item.client.androidPackage],
    ["androidCertSha1", item.client.androidCertSha1],
    ["iosBundleId", item.client.iosBundleId],
  ];
  return (
    <details open={open} onToggle={(event) => onOpen(event.currentTarget.open)} className="mt-1 text-sm">
      <summary className="w-fit cursor-pointer rounded text-muted hover:text-ink">
        Everything that was seen
      </summary>
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
      <p className="mt-2 max-w-prose text-muted">{DENIALS[item.code].remedy.replaceAll("`", "")}</p>
    </details>
  );
}
