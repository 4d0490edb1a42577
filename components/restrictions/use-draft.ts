"use client";

import { useMemo, useReducer, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { Key } from "#domain/keys/types.ts";
import { type WantedEntry, withoutWanted } from "./allow.ts";
import { changeDraft, draftOf, isChanged, withEntry } from "./draft.ts";
import type { EditorApi } from "./types.ts";

/** What a draft began as, and is compared with. */
interface Base {
  set: Restrictions;
  /** It is the set that is being tried. */
  ofTrial: boolean;
}

interface Beginning {
  subject: Pick<Key, "restrictions" | "trial">;
  apis: EditorApi[];
  wanted: WantedEntry[];
  fromTrial: boolean;
}

/** A draft of a key's restrictions: what it began as, what of it links want, and what became of the key meanwhile. */
export function useDraft({ subject, apis, wanted, fromTrial }: Beginning) {
  const known = useMemo(
    () => new Map(apis.map(({ slug, operations }) => [slug, new Set(operations.map(({ name }) => name))])),
    [apis],
  );
  const { restrictions, trial } = subject;
  const first: Base =
    fromTrial && trial ? { set: trial, ofTrial: true } : { set: restrictions, ofTrial: false };
  const [base, setBase] = useState(first);
  const [draft, change] = useReducer(changeDraft, null, () =>
    wanted.reduce(withEntry, draftOf(first.set, known)),
  );

  // A link on this very page wants more in the draft, or the set that is being tried.
  const asked = JSON.stringify([wanted, fromTrial]);
  const [taken, setTaken] = useState(asked);
  if (asked !== taken) {
    setTaken(asked);
    const turns = first.ofTrial && !base.ofTrial;
    if (turns) setBase(first);
    const from = turns ? draftOf(first.set, known) : draft;
    change({ kind: "start", draft: wanted.reduce(withEntry, from) });
  }

  // The key was changed elsewhere on the page, or by somebody else: what was not touched here follows.
  const stored = JSON.stringify([restrictions, trial]);
  const [seen, setSeen] = useState(stored);
  if (stored !== seen) {
    setSeen(stored);
    const set = base.ofTrial && trial ? trial : restrictions;
    setBase({ set, ofTrial: base.ofTrial && trial !== null });
    if (!isChanged(draft, base.set)) change({ kind: "start", draft: draftOf(set, known) });
  }

  return {
    draft,
    change,
    changed: isChanged(draft, base.set),
    ofTrial: base.ofTrial,
    /** Begins anew with `set`, which is saved. What a link asked for is done with: a reload must not ask again. */
    restart(set: Restrictions) {
      setBase({ set, ofTrial: false });
      change({ kind: "start", draft: draftOf(set, known) });
      const rest = withoutWanted(new URLSearchParams(window.location.search));
      window.history.replaceState(null, "", `?${rest}`);
    },
  };
}
