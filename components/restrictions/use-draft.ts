"use client";

import { useMemo, useReducer, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/schema.ts";
import { addLinkedEntries } from "./add-linked-entries.ts";
import { changeDraft, draftOf, isChanged } from "./draft.ts";
import { type LinkedEntry, withoutLinkedEntries } from "./linked-entries.ts";
import type { EditorApi } from "./types.ts";

/** A key's sets, as they are stored. */
type Stored = Pick<Key, "restrictions" | "trial">;

/** What a draft began as, and is compared with. */
interface Base {
  set: Restrictions;
  /** It is the set that is being tried. */
  ofTrial: boolean;
  stored: Stored;
}

interface Beginning {
  subject: Stored;
  apis: EditorApi[];
  wanted: LinkedEntry[];
  fromTrial: boolean;
}

/** A draft of a key's restrictions: what it began as, what of it links want, and what became of the key meanwhile. */
export function useDraft({ subject, apis, wanted, fromTrial }: Beginning) {
  const known = useMemo(
    () => new Map(apis.map(({ slug, operations }) => [slug, new Set(operations.map(({ name }) => name))])),
    [apis],
  );
  const { restrictions, trial } = subject;
  const first = baseOf({ restrictions, trial }, fromTrial);
  const [base, setBase] = useState(first);
  const [begun] = useState(() => addLinkedEntries(draftOf(first.set, known), wanted, known));
  const [draft, change] = useReducer(changeDraft, begun.draft);
  const [allowed, setAllowed] = useState(begun.allowed);
  const [overtaken, setOvertaken] = useState(false);

  // A link on this very page wants more in the draft, or the set that is being tried.
  const asked = JSON.stringify([wanted, fromTrial]);
  const [taken, setTaken] = useState(asked);
  if (asked !== taken) {
    setTaken(asked);
    const turns = first.ofTrial && !base.ofTrial;
    if (turns) setBase(first);
    const more = addLinkedEntries(turns ? draftOf(first.set, known) : draft, wanted, known);
    change({ kind: "start", draft: more.draft });
    setAllowed(more.allowed);
  }

  // The key was changed elsewhere on the page, or by somebody else: what was not touched here follows.
  const stored = JSON.stringify([restrictions, trial]);
  const [seen, setSeen] = useState(stored);
  if (stored !== seen) {
    setSeen(stored);
    const now = baseOf({ restrictions, trial }, base.ofTrial);
    setBase(now);
    if (!isChanged(draft, base.set)) change({ kind: "start", draft: draftOf(now.set, known) });
    else if (isChanged(draftOf(base.set, known), now.set) && isChanged(draft, now.set)) setOvertaken(true);
  }

  return {
    draft,
    change,
    changed: isChanged(draft, base.set),
    ofTrial: base.ofTrial,
    /** What links want and the draft allowed without. */
    allowed,
    /** The key's sets as they were when the draft began, or as the page has told since. */
    stored: base.stored,
    /** The set that the draft is of was changed while it was edited. */
    overtaken,
    /** Begins anew with what is enforced. What a link asked for is done with: a reload must not ask again. */
    restart(now: Stored) {
      setBase(baseOf(now, false));
      setAllowed([]);
      setOvertaken(false);
      change({ kind: "start", draft: draftOf(now.restrictions, known) });
      const rest = withoutLinkedEntries(new URLSearchParams(window.location.search));
      window.history.replaceState(null, "", `?${rest}`);
    },
  };
}

/** The set that is being tried, where that is wanted and there is one; else what is enforced. */
function baseOf({ restrictions, trial }: Stored, ofTrial: boolean): Base {
  const stored = { restrictions, trial };
  return ofTrial && trial
    ? { set: trial, ofTrial: true, stored }
    : { set: restrictions, ofTrial: false, stored };
}
