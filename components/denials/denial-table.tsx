import type { Denial } from "#domain/keys/denials/schema.ts";
import { linkedCallQuery } from "../restrictions/linked-entries.ts";
import { Badge } from "../ui/badge.tsx";
import { ButtonLink } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { DetailsToggle } from "../ui/details-toggle.tsx";
import { lazyInBrowser } from "../ui/lazy.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { type DenialGroup, groupDenials } from "./group-denials.ts";
import { denialsText } from "./text.ts";

// Loaded when the details of a row are opened.
const RequestFacts = lazyInBrowser(() => import("./request-facts.tsx").then((module) => module.RequestFacts));

interface DenialTableProps {
  items: Denial[];
  projectId: string;
  withKeys: boolean;
  mayChange: boolean;
  /** The request whose details are open. */
  openId: string | null;
  onOpen: (id: string | null) => void;
}

/** One row for identical requests. On a phone the middle cell also shows what is in the hidden columns. */
export function DenialTable({ items, projectId, withKeys, mayChange, openId, onOpen }: DenialTableProps) {
  const key: Column<DenialGroup> = {
    label: denialsText.columns.key,
    from: "md",
    className: "max-w-48",
    value: ({ item }) => <KeyLink projectId={projectId} item={item} />,
  };
  const fix: Column<DenialGroup> = {
    label: denialsText.columns.fix,
    hideLabel: true,
    from: "md",
    className: "pr-3 text-right",
    value: ({ item }) => <FixLink projectId={projectId} item={item} />,
  };
  return (
    <DataTable
      bare
      alignTop
      phone="columns"
      label={denialsText.table}
      rows={groupDenials(items)}
      rowKey={({ item }) => item.id}
      columns={[
        {
          label: denialsText.columns.time,
          from: "sm",
          className: "text-sm whitespace-nowrap",
          value: (group) => <Times group={group} />,
        },
        ...(withKeys ? [key] : []),
        {
          label: denialsText.columns.reason,
          className: "w-full max-md:max-w-0 md:min-w-64",
          value: (group) => (
            <>
              <DetailsToggle
                label={group.count > 1 ? denialsText.latestDetails : denialsText.details}
                open={openId === group.item.id}
                onOpen={(isOpen) => onOpen(isOpen ? group.item.id : null)}
              >
                <Badge tone="bad" className="font-mono">
                  {group.item.code}
                </Badge>
              </DetailsToggle>
              <span className="block text-sm sm:hidden">
                <Times group={group} />
              </span>
              {withKeys ? (
                <span className="mt-1 block md:hidden">
                  <KeyLink projectId={projectId} item={group.item} />
                </span>
              ) : null}
              <p className="mt-1 max-w-prose text-sm">{group.item.words}</p>
              {group.item.noRemedy ? (
                <p className="max-w-prose text-sm text-muted">{group.item.noRemedy}</p>
              ) : null}
              {mayChange ? (
                <span className="mt-2 block md:hidden">
                  <FixLink projectId={projectId} item={group.item} />
                </span>
              ) : null}
              {openId === group.item.id ? <RequestFacts item={group.item} /> : null}
            </>
          ),
        },
        {
          label: denialsText.columns.observed,
          from: "lg",
          className: "max-w-72 min-w-48 whitespace-normal",
          value: ({ item }) => <Observed values={item.observed} />,
        },
        ...(mayChange ? [fix] : []),
      ]}
    />
  );
}

/** When the newest request of a group came, and how many there are. */
function Times({ group: { item, count, since } }: { group: DenialGroup }) {
  return (
    <>
      <RelativeTime at={item.time} />
      {count > 1 ? (
        <span className="block text-muted">
          {denialsText.times(count)} <RelativeTime at={since} />
        </span>
      ) : null}
    </>
  );
}

function KeyLink({ projectId, item }: { projectId: string; item: Denial }) {
  return (
    <Link
      href={`/projects/${projectId}/keys/${item.keyId}`}
      className="block truncate text-sm font-medium hover:underline"
    >
      {item.keyName}
    </Link>
  );
}

function Observed({ values }: { values: Record<string, string> }) {
  const facts = Object.entries(values);
  if (facts.length === 0) return <span className="text-sm text-muted">{denialsText.nothingObserved}</span>;
  return (
    <ul className="text-xs">
      {facts.map(([name, value]) => (
        <li key={name} className="[overflow-wrap:anywhere]">
          <span className="text-muted">{name}</span> <span className="font-mono">{value}</span>
        </li>
      ))}
    </ul>
  );
}

/** Opens the editor with the missing entry in its draft. The link itself saves nothing. */
function FixLink({ projectId, item }: { projectId: string; item: Denial }) {
  const key = `/projects/${projectId}/keys/${item.keyId}`;
  if (item.remedy) {
    return (
      <ButtonLink size="sm" href={`${key}?tab=restrictions&${item.remedy.query}&${linkedCallQuery(item)}`}>
        <span className="block max-w-44 truncate">{item.remedy.label}</span>
      </ButtonLink>
    );
  }
  if (item.code === "API_NOT_ENABLED") {
    return (
      <ButtonLink size="sm" href={`/projects/${projectId}/apis`}>
        {denialsText.enableApi(item.api)}
      </ButtonLink>
    );
  }
  return null;
}
