"use client";

import { useRef, useState } from "react";
import { Button } from "../ui/button.tsx";
import { CopyButton, type CopyOutcome } from "../ui/copy.tsx";
import { copyMessages } from "../ui/copy-text.ts";
import { uiText } from "../ui/text.ts";

interface LinkOnceProps {
  link: string;
  /** Who the link is for and what it does. */
  children: React.ReactNode;
  onDone: () => void;
}

/** A one-time link, shown when no mail server is configured. */
export function LinkOnce({ link, children, onDone }: LinkOnceProps) {
  const text = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  return (
    <div className="grid gap-4">
      <div className="text-muted">{children}</div>
      <div className="grid gap-1.5">
        <div className="flex items-center gap-1 rounded border border-edge bg-canvas py-1.5 pr-1.5 pl-3">
          {/* biome-ignore lint/a11y/useSemanticElements: a scroll container, not a fieldset */}
          <div
            role="group"
            aria-label={copyMessages.oneTimeLink}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
            tabIndex={0}
            className="focus-inset min-w-0 flex-1 overflow-x-auto rounded py-1"
          >
            <code ref={text} className="font-mono text-sm whitespace-nowrap">
              {link}
            </code>
          </div>
          <CopyButton
            text={link}
            label={copyMessages.link}
            target={text}
            variant="primary"
            onOutcome={setOutcome}
          />
        </div>
        <p role="status" className="min-h-5 text-sm text-muted">
          {outcome ? copyMessages.outcome[outcome] : null}
        </p>
      </div>
      <div className="flex justify-end">
        <Button onClick={onDone}>{uiText.done}</Button>
      </div>
    </div>
  );
}
