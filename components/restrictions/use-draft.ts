"use client";

import { useMemo, useReducer, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import type { Key } from "#domain/keys/schema.ts";
import { updateUrl } from "../ui/use-url-state.ts";
import { addLinkedEntries } from "./add-linked-entries.ts";
import { changeDraft, draftOf, isChanged } from "./draft.ts";
import { type LinkedEntry, withoutLinkedEntries } from "./linked-entries.ts";

/** The saved restrictions of a key. */
type Stored = Pick<Key, "restrictions" | "trial">;

/** What a draft started from and is compared with. */
interface Base {
  set: Restrictions;
  /** These are the report-only restrictions. */
  ofReportOnly: boolean;
  stored: Stored;
}

interface DraftInput {
  subject: Stored;
  apis: EnabledApi[];
  linked: LinkedEntry[];
  fromReportOnly: boolean;
}

/** A draft of a key's restrictions. Follows links that add entries, and changes of the key by others. */
export function useDraft({ subject, apis, linked, fromReportOnly }: DraftInput) {
  const known = useMemo(
    () => new Map(apis.map(({ slug, operations }) => [slug, new Set(operations.map(({ name }) => name))])),
    [apis],
  );
  const { restrictions, trial } = subject;
  const first = baseOf({ restrictions, trial }, fromReportOnly);
  const [base, setBase] = useState(first);
  const [start] = useState(() => addLinkedEntries(draftOf(first.set, known), linked, known));
  const [draft, change] = useReducer(changeDraft, start.draft);
  const [allowed, setAllowed] = useState(start.allowed);
  const [hasConflict, setHasConflict] = useState(false);

  // A link on this page adds entries to the draft, or switches to the report-only restrictions.
  const request = JSON.stringify([linked, fromReportOnly]);
  const [handled, setHandled] = useState(request);
  if (request !== handled) {
    setHandled(request);
    const switches = first.ofReportOnly && !base.ofReportOnly;
    if (switches) setBase(first);
    const more = addLinkedEntries(switches ? draftOf(first.set, known) : draft, linked, known);
    change({ kind: "start", draft: more.draft });
    setAllowed(more.allowed);
  }

  // The key was changed elsewhere on the page or by someone else: an unchanged draft follows.
  const stored = JSON.stringify([restrictions, trial]);
  const [latest, setLatest] = useState(stored);
  if (stored !== latest) {
    setLatest(stored);
    const now = baseOf({ restrictions, trial }, base.ofReportOnly);
    setBase(now);
    if (!isChanged(draft, base.set)) change({ kind: "start", draft: draftOf(now.set, known) });
    else if (isChanged(draftOf(base.set, known), now.set) && isChanged(draft, now.set)) setHasConflict(true);
  }

  return {
    draft,
    change,
    changed: isChanged(draft, base.set),
    ofReportOnly: base.ofReportOnly,
    /** Linked entries that were already allowed. */
    allowed,
    /** The key's restrictions when the draft started, or as refreshed since. */
    stored: base.stored,
    /** The edited restrictions were changed by someone else. */
    hasConflict,
    /** Starts again with the enforced restrictions. Removes linked entries from the URL, so that a reload does not add them. */
    restart(now: Stored) {
      setBase(baseOf(now, false));
      setAllowed([]);
      setHasConflict(false);
      change({ kind: "start", draft: draftOf(now.restrictions, known) });
      updateUrl(withoutLinkedEntries(new URLSearchParams(window.location.search)));
    },
  };
}

/** The report-only restrictions if they are requested and exist; else the enforced ones. */
function baseOf({ restrictions, trial }: Stored, ofReportOnly: boolean): Base {
  const stored = { restrictions, trial };
  return ofReportOnly && trial
    ? { set: trial, ofReportOnly: true, stored }
    : { set: restrictions, ofReportOnly: false, stored };
}
