import type { ListedRequest } from "#domain/usage/requests/schema.ts";
import { ENVIRONMENT_TEXT } from "../keys/environment-text.ts";
import { Badge } from "../ui/badge.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { DetailsToggle } from "../ui/details-toggle.tsx";
import { formatDateTime } from "../ui/format-time.ts";
import { Link } from "../ui/link.tsx";
import { RelativeTime, useTimeZone } from "../ui/time.tsx";
import { requestsText as text } from "./text.ts";

interface RequestTableProps {
  items: ListedRequest[];
  projectId: string;
  withKeys: boolean;
  /** The names of APIs by their slug. */
  apiNames: ReadonlyMap<string, string>;
  /** The request whose details are open. */
  openId: string | null;
  onOpen: (id: string | null) => void;
}

/** On a phone the middle cell also shows what is in the hidden columns. */
export function RequestTable({ items, projectId, withKeys, apiNames, openId, onOpen }: RequestTableProps) {
  const callOf = ({ api, operation }: ListedRequest) =>
    [apiNames.get(api) ?? api, operation].filter((part) => part !== null).join(", ");
  const key: Column<ListedRequest> = {
    label: text.columns.key,
    from: "md",
    className: "max-w-48",
    value: (item) => <KeyLink projectId={projectId} item={item} />,
  };
  return (
    <DataTable
      bare
      alignTop
      phone="columns"
      label={text.table}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        {
          label: text.columns.time,
          from: "sm",
          className: "text-sm whitespace-nowrap",
          value: ({ time }) => <RelativeTime at={time} />,
        },
        ...(withKeys ? [key] : []),
        {
          label: text.columns.outcome,
          className: "w-full max-md:max-w-0 md:min-w-64",
          value: (item) => (
            <>
              <DetailsToggle
                label={text.details}
                open={openId === item.id}
                onOpen={(isOpen) => onOpen(isOpen ? item.id : null)}
              >
                <Badge tone={item.code === "VALID" ? "good" : "bad"} className="font-mono">
                  {item.code}
                </Badge>
              </DetailsToggle>
              <span className="ml-2 align-middle text-sm text-muted sm:hidden">
                <RelativeTime at={item.time} />
              </span>
              {withKeys ? (
                <span className="mt-1 block md:hidden">
                  <KeyLink projectId={projectId} item={item} />
                </span>
              ) : null}
              <p className="mt-1 text-sm lg:hidden">{callOf(item)}</p>
              {item.words === null ? null : (
                <p className="mt-1 max-w-prose text-sm text-pretty">{item.words}</p>
              )}
              {openId === item.id ? <RequestDetails item={item} call={callOf(item)} /> : null}
            </>
          ),
        },
        {
          label: text.columns.call,
          from: "lg",
          className: "max-w-72 min-w-56 whitespace-normal text-sm",
          value: callOf,
        },
        {
          label: text.columns.client,
          from: "lg",
          className: "max-w-64 min-w-40 font-mono text-sm break-all whitespace-normal",
          value: ({ client }) => client.clientIp ?? <span className="text-muted">{text.none}</span>,
        },
      ]}
    />
  );
}

function KeyLink({ projectId, item }: { projectId: string; item: ListedRequest }) {
  return (
    <Link
      href={`/projects/${projectId}/keys/${item.keyId}`}
      className="block truncate text-sm font-medium hover:underline"
    >
      {item.keyName}
    </Link>
  );
}

/** Everything that is known about a request. */
function RequestDetails({ item, call }: { item: ListedRequest; call: string }) {
  const facts: [string, string | null][] = [
    [text.columns.time, formatDateTime(Date.parse(item.time), useTimeZone())],
    [text.requestId, item.requestId],
    [text.columns.call, call],
    [text.environment, ENVIRONMENT_TEXT[item.environment]],
    [text.secret, item.secretId],
    ...Object.entries(item.client),
    ...Object.entries(item.observed).map(([name, value]): [string, string] => [
      `${text.observed}: ${name}`,
      value,
    ]),
  ];
  return (
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
  );
}
