"use client";

import { useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { COPY_WORDS, CopyButton, type CopyOutcome } from "../ui/copy.tsx";

interface LinkOnceProps {
  link: string;
  /** To whom it goes, and what it does there. */
  children: React.ReactNode;
  onDone: () => void;
}

/** A one-time link to pass on, shown where no mail could be sent. A new one can be made at any time. */
export function LinkOnce({ link, children, onDone }: LinkOnceProps) {
  const text = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  return (
    <div className="grid gap-4">
      <div className="text-muted">{children}</div>
      <div className="grid gap-1.5">
        <div className="flex items-center gap-1 rounded border border-edge bg-canvas py-1.5 pr-1.5 pl-3">
          {/* biome-ignore lint/a11y/useSemanticElements: a box that scrolls, not a set of fields */}
          <div
            role="group"
            aria-label="One-time link"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where it does not fit
            tabIndex={0}
            className="focus-inset min-w-0 flex-1 overflow-x-auto rounded py-1"
          >
            <code ref={text} className="font-mono text-sm whitespace-nowrap">
              {link}
            </code>
          </div>
          <CopyButton
            text={link}
            label="Copy the link"
            target={text}
            variant="primary"
            onOutcome={setOutcome}
          />
        </div>
        <p role="status" className="min-h-5 text-sm text-muted">
          {outcome ? COPY_WORDS[outcome] : null}
        </p>
      </div>
      <div className="flex justify-end">
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  );
}
