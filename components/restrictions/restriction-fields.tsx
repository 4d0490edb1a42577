"use client";

import { type ReactNode, useState } from "react";
import { ApiChooser } from "./api-chooser.tsx";
import { type Draft, type DraftChange, emptyApis, filledRows } from "./draft.ts";
import { EntryRows } from "./entry-rows.tsx";
import { KindSection } from "./kind-section.tsx";
import { KIND_CARDS, type KindCard, LOCATIONS, type Location } from "./kinds.ts";
import { isOperations, type RowList } from "./lists.ts";
import { LocationQuestion } from "./location-question.tsx";
import { AddressDoubt, MyAddress } from "./my-address.tsx";
import type { EditorApi, SeenAddress } from "./types.ts";
import type { ReadingOf } from "./use-readings.ts";

interface RestrictionFieldsProps {
  projectId: string;
  apis: EditorApi[];
  seen: SeenAddress | null;
  draft: Draft;
  readingOf: ReadingOf;
  change: (change: DraftChange) => void;
}

/** The question, and every kind of restriction under it. */
export function RestrictionFields(props: RestrictionFieldsProps) {
  const { projectId, apis, seen, draft, readingOf, change } = props;
  const counts = countsOf(draft, readingOf);
  const [place, setPlace] = useState<Location | null>(() => placeOf(counts));
  const [opened, setOpened] = useState<ReadonlySet<KindCard>>(
    () => new Set(KIND_CARDS.filter((kind) => counts[kind].count > 0)),
  );
  // A link on this page may add to a kind that is folded away.
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
    setPlace(chosen);
    const fits = LOCATIONS.find(({ value }) => value === chosen)?.kind;
    // What was opened for another answer and left empty is folded away again.
    const kept = KIND_CARDS.filter((kind) => kind === fits || counts[kind].count > 0);
    setOpened(new Set(kept));
  };
  const rows = (list: RowList, label: string) => ({ list, label, draft, readingOf, change });
  const section = (kind: KindCard) => ({
    kind,
    count: counts[kind].count,
    wrong: counts[kind].wrong,
    // What is to be fixed is never folded away.
    open: opened.has(kind) || counts[kind].wrong > 0,
    onToggle: () => open(kind, !opened.has(kind)),
  });
  return (
    <div className="grid gap-4">
      <LocationQuestion place={place} onChoose={choose} />
      <div className="grid gap-2">
        <KindSection {...section("ips")}>
          <Hint>IPv4 or IPv6, single addresses or networks. The families never stand for each other.</Hint>
          <EntryRows {...rows("ips", "Addresses")}>
            {seen ? (
              <MyAddress
                seen={seen}
                used={(draft.rows.ips ?? []).some((row) => row.fields[0]?.trim() === seen.address)}
                onAdd={(address) => change({ kind: "add", list: "ips", entries: [[address]], added: true })}
              />
            ) : null}
          </EntryRows>
          {seen?.doubt ? <AddressDoubt doubt={seen.doubt} /> : null}
        </KindSection>
        <KindSection {...section("referrers")}>
          <Hint>
            <code className="font-mono">example.com</code> is that host alone,{" "}
            <code className="font-mono">*.example.com</code> its subdomains at any depth.
          </Hint>
          <EntryRows {...rows("referrers", "Websites")} />
        </KindSection>
        <KindSection {...section("apps")}>
          <Hint>
            What an app says of itself can be forged by whoever has read it: a deterrent, not a proof.
          </Hint>
          <EntryRows {...rows("android", "Android apps")} />
          <EntryRows {...rows("ios", "iOS apps")} />
        </KindSection>
        <KindSection {...section("apis")}>
          <Hint>None ticked: every API that the project has enabled, now or later.</Hint>
          <ApiChooser projectId={projectId} apis={apis} draft={draft} readingOf={readingOf} change={change} />
        </KindSection>
      </div>
    </div>
  );
}

function Hint({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted">{children}</p>;
}

type Counts = Record<KindCard, { count: number; wrong: number; added: boolean }>;

function countsOf(draft: Draft, readingOf: ReadingOf): Counts {
  const counts: Counts = {
    ips: { count: 0, wrong: 0, added: false },
    referrers: { count: 0, wrong: 0, added: false },
    apps: { count: 0, wrong: 0, added: false },
    apis: {
      count: Object.keys(draft.apis).length,
      wrong: emptyApis(draft).length,
      added: Object.values(draft.apis).some((choice) => choice.added),
    },
  };
  for (const { list, row } of filledRows(draft)) {
    const kind = cardOf(list);
    if (kind !== "apis") counts[kind].count += 1;
    if (readingOf(list, row.fields)?.ok === false) counts[kind].wrong += 1;
    if (row.added) counts[kind].added = true;
  }
  return counts;
}

function cardOf(list: RowList): KindCard {
  if (isOperations(list)) return "apis";
  return list === "android" || list === "ios" ? "apps" : list;
}

/** The answer that a draft speaks for; none where it speaks for several, or for nothing. */
function placeOf(counts: Counts): Location | null {
  const used = LOCATIONS.filter(({ kind }) => kind !== "apis" && counts[kind].count > 0);
  return used.length === 1 ? (used[0]?.value ?? null) : null;
}
