"use client";

import { type ReactNode, useState } from "react";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { ApiChooser } from "./api-chooser.tsx";
import { type Draft, type DraftChange, emptyApis, filledRows } from "./draft.ts";
import { EntryRows } from "./entry-rows.tsx";
import { KindSection } from "./kind-section.tsx";
import { KIND_CARDS, type KindCard, LOCATIONS, type Location } from "./kinds.ts";
import { isOperations, type RowList } from "./lists.ts";
import { LocationQuestion } from "./location-question.tsx";
import { IpAddressWarning, MyIpAddress } from "./my-ip-address.tsx";
import { KIND_TEXT, restrictionsText } from "./text.ts";
import type { SeenIpAddress } from "./types.ts";
import type { ResultOf } from "./use-entry-results.ts";

interface RestrictionFieldsProps {
  projectId: string;
  apis: EnabledApi[];
  seen: SeenIpAddress | null;
  draft: Draft;
  resultOf: ResultOf;
  change: (change: DraftChange) => void;
}

/** The question where the key runs, and all kinds of restriction. */
export function RestrictionFields(props: RestrictionFieldsProps) {
  const { projectId, apis, seen, draft, resultOf, change } = props;
  const counts = countsOf(draft, resultOf);
  const [location, setLocation] = useState<Location | null>(() => locationOf(counts));
  const [opened, setOpened] = useState<ReadonlySet<KindCard>>(
    () => new Set(KIND_CARDS.filter((kind) => counts[kind].count > 0)),
  );
  // A link on this page may add entries to a closed section.
  const added = KIND_CARDS.filter((kind) => counts[kind].added).join(" ");
  const [shownAdded, setShownAdded] = useState(added);
  if (added !== shownAdded) {
    setShownAdded(added);
    setOpened(new Set([...opened, ...KIND_CARDS.filter((kind) => counts[kind].added)]));
  }
  const open = (kind: KindCard, on: boolean) => {
    const next = new Set(opened);
    if (on) next.add(kind);
    else next.delete(kind);
    setOpened(next);
  };
  const choose = (chosen: Location) => {
    setLocation(chosen);
    const fits = LOCATIONS.find(({ value }) => value === chosen)?.kind;
    // Empty sections that were opened for another answer close again.
    const kept = KIND_CARDS.filter((kind) => kind === fits || counts[kind].count > 0);
    setOpened(new Set(kept));
  };
  const rows = (list: RowList, label: string) => ({ list, label, draft, resultOf, change });
  const section = (kind: KindCard) => ({
    kind,
    count: counts[kind].count,
    invalid: counts[kind].invalid,
    // A section with invalid entries never closes.
    open: opened.has(kind) || counts[kind].invalid > 0,
    onToggle: () => open(kind, !opened.has(kind)),
  });
  return (
    <div className="grid gap-4">
      <LocationQuestion location={location} onChoose={choose} />
      <div className="grid gap-2">
        <KindSection {...section("ips")}>
          <Hint>{restrictionsText.hints.ips}</Hint>
          <EntryRows {...rows("ips", KIND_TEXT.ips.label)}>
            {seen ? (
              <MyIpAddress
                seen={seen}
                used={(draft.rows.ips ?? []).some((row) => row.fields[0]?.trim() === seen.address)}
                onAdd={(address) => change({ kind: "add", list: "ips", entries: [[address]], added: true })}
              />
            ) : null}
          </EntryRows>
          {seen?.doubt ? <IpAddressWarning doubt={seen.doubt} /> : null}
        </KindSection>
        <KindSection {...section("referrers")}>
          <Hint>
            <code className="font-mono">example.com</code> {restrictionsText.hints.exactHost}{" "}
            <code className="font-mono">*.example.com</code> {restrictionsText.hints.subdomains}
          </Hint>
          <EntryRows {...rows("referrers", KIND_TEXT.referrers.label)} />
        </KindSection>
        <KindSection {...section("apps")}>
          <Hint>{restrictionsText.hints.apps}</Hint>
          <EntryRows {...rows("android", restrictionsText.rows.androidApps)} />
          <EntryRows {...rows("ios", restrictionsText.rows.iosApps)} />
        </KindSection>
        <KindSection {...section("apis")}>
          <Hint>{restrictionsText.hints.apis}</Hint>
          <ApiChooser projectId={projectId} apis={apis} draft={draft} resultOf={resultOf} change={change} />
        </KindSection>
      </div>
    </div>
  );
}

function Hint({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted">{children}</p>;
}

type Counts = Record<KindCard, { count: number; invalid: number; added: boolean }>;

function countsOf(draft: Draft, resultOf: ResultOf): Counts {
  const counts: Counts = {
    ips: { count: 0, invalid: 0, added: false },
    referrers: { count: 0, invalid: 0, added: false },
    apps: { count: 0, invalid: 0, added: false },
    apis: {
      count: Object.keys(draft.apis).length,
      invalid: emptyApis(draft).length,
      added: Object.values(draft.apis).some((choice) => choice.added),
    },
  };
  for (const { list, row } of filledRows(draft)) {
    const kind = cardOf(list);
    if (kind !== "apis") counts[kind].count += 1;
    if (resultOf(list, row.fields)?.ok === false) counts[kind].invalid += 1;
    if (row.added) counts[kind].added = true;
  }
  return counts;
}

function cardOf(list: RowList): KindCard {
  if (isOperations(list)) return "apis";
  return list === "android" || list === "ios" ? "apps" : list;
}

/** The answer that fits a draft; null when several or none fit. */
function locationOf(counts: Counts): Location | null {
  const used = LOCATIONS.filter(({ kind }) => kind !== "apis" && counts[kind].count > 0);
  return used.length === 1 ? (used[0]?.value ?? null) : null;
}
