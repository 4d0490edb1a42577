"use client";

import { useState } from "react";
import { Checkbox } from "../ui/checkbox.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { commandMenuText } from "./command-menu-text.ts";
import { areCharactersEnabled, enableCharacters } from "./shortcuts.ts";

const { shortcuts: text } = commandMenuText;

/** Lists the keyboard shortcuts. Those of a single character can be disabled (WCAG 2.1.4). */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const [enabled, setEnabled] = useState(areCharactersEnabled);
  return (
    <Dialog open onClose={onClose} title={text.title}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
        {text.list.map(({ keys, does }) => (
          <div key={does} className="contents">
            <dt>
              {keys.map((key) => (
                <kbd key={key} className="mr-1 rounded border border-border px-1.5 py-0.5 font-sans text-xs">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Checkbox
        checked={enabled}
        onChange={(event) => {
          setEnabled(event.currentTarget.checked);
          enableCharacters(event.currentTarget.checked);
        }}
        label={text.characters}
        hint={text.charactersHint}
      />
    </Dialog>
  );
}
