"use client";

import type { UnusedKey } from "#domain/keys/lifecycle/unused/schema.ts";
import { ActionButton } from "../forms/action-button.tsx";
import { RestrictionIcons } from "../keys/restriction-icons.tsx";
import { EnvironmentBadge, KeyApis, KeyStatusLine } from "../keys/status.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { DataTable, NameCell } from "../ui/data-table.tsx";
import { Link } from "../ui/link.tsx";
import { uiText } from "../ui/text.ts";
import { DateTime, RelativeTime } from "../ui/time.tsx";
import type { UnusedActions } from "./actions.ts";
import { isChosen, type Selection, toggle, togglePage } from "./selection.ts";
import { unusedText as text } from "./text.ts";
import { type UnusedState, unusedHref } from "./unused-state.ts";

/** Older secrets are highlighted. */
const OLD_DAYS = 90;

interface UnusedTableProps {
  keys: UnusedKey[];
  state: UnusedState;
  nowMs: number;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onExempt: (key: { id: string; name: string }) => void;
  endExemption: UnusedActions["endExemption"];
}

/** Unused keys with their owners, last use, APIs and exposure. */
export function UnusedTable({
  keys,
  state,
  nowMs,
  selection,
  onSelect,
  onExempt,
  endExemption,
}: UnusedTableProps) {
  const ids = keys.map(({ id }) => id);
  return (
    <DataTable
      label={text.title}
      rows={keys}
      rowKey={({ id }) => id}
      selection={{
        box: ({ id, name, projectName }) => (
          <input
            type="checkbox"
            className="check"
            aria-label={text.selection.row(name, projectName)}
            checked={isChosen(selection, id)}
            onChange={() => onSelect(toggle(selection, id, ids))}
          />
        ),
        pageBox: (
          <input
            type="checkbox"
            className="check"
            aria-label={text.selection.page}
            checked={ids.length > 0 && ids.every((id) => isChosen(selection, id))}
            onChange={() => onSelect(togglePage(selection, ids))}
          />
        ),
      }}
      columns={[
        {
          label: text.columns.key,
          className: "min-w-44",
          value: (key) => <KeyCell subject={key} nowMs={nowMs} />,
        },
        {
          label: text.columns.project,
          className: "text-sm",
          value: ({ projectId, projectName, owners }) => (
            <div className="min-w-0">
              <Link
                href={unusedHref({ ...state, projectId })}
                aria-label={text.onlyProject(projectName)}
                className="rounded wrap-anywhere hover:underline"
              >
                {projectName}
              </Link>
              <div className="wrap-anywhere text-muted">
                {owners.length > 0 ? owners.map(({ name }) => name).join(", ") : text.noOwner}
              </div>
            </div>
          ),
        },
        { label: text.columns.lastUsed, className: "text-sm", value: (key) => <LastUsed subject={key} /> },
        { label: text.columns.apis, from: "lg", value: ({ apis }) => <KeyApis slugs={apis} /> },
        {
          label: text.columns.exposure,
          value: ({ entries, secretAgeDays }) => (
            <div>
              <RestrictionIcons counts={entries} />
              {secretAgeDays > OLD_DAYS ? (
                <div className="text-sm whitespace-nowrap text-attention">
                  {text.secretAge(secretAgeDays)}
                </div>
              ) : null}
            </div>
          ),
        },
        {
          label: text.columns.actions,
          hideLabel: true,
          value: ({ id, name, exemption }) =>
            exemption ? (
              <ActionButton
                size="sm"
                variant="ghost"
                about={text.exempt.endAbout(name)}
                action={() => endExemption({ keyId: id })}
              >
                {text.exempt.end}
              </ActionButton>
            ) : (
              <Button
                size="sm"
                variant="ghost"
                aria-label={text.exempt.about(name)}
                onClick={() => onExempt({ id, name })}
              >
                {text.exempt.label}
              </Button>
            ),
        },
      ]}
    />
  );
}

function KeyCell({ subject, nowMs }: { subject: UnusedKey; nowMs: number }) {
  const { id, projectId, name, hint, environment, status, exemption } = subject;
  return (
    <>
      <NameCell
        mono
        name={
          <Link href={`/projects/${projectId}/keys/${id}`} className="rounded hover:underline">
            {name}
          </Link>
        }
        detail={hint}
      />
      <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <EnvironmentBadge environment={environment} />
        {status === "active" ? null : <KeyStatusLine keyFacts={subject} nowMs={nowMs} className="text-sm" />}
        {exemption ? (
          <span data-tip={text.exemptBy(exemption.reason, exemption.by)}>
            <Badge>
              {text.exemptUntil} <DateTime at={exemption.until} />
            </Badge>
          </span>
        ) : null}
      </div>
    </>
  );
}

function LastUsed({ subject: { lastUsedAt, createdAt, idleSince } }: { subject: UnusedKey }) {
  return (
    <div className="whitespace-nowrap">
      {lastUsedAt ? (
        <RelativeTime at={lastUsedAt} />
      ) : (
        <>
          {uiText.never}
          <div className="text-muted">
            {text.created} <RelativeTime at={createdAt} />
          </div>
        </>
      )}
      {idleSince === (lastUsedAt ?? createdAt) ? null : (
        <div className="text-muted">
          {text.enabledAgain} <RelativeTime at={idleSince} />
        </div>
      )}
    </div>
  );
}
