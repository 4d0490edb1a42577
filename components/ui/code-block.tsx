"use client";

import { clsx } from "clsx";
import { useRef, useState } from "react";
import { CopyButton, type CopyOutcome } from "./copy.tsx";
import { copyMessages } from "./copy-text.ts";

interface CodeBlockProps {
  /** Exactly what is copied. */
  code: string;
  /** What is shown instead when the code contains a masked secret. */
  shown?: string;
  /** The kind of code: "curl", ".env". */
  title: string;
  onCopied?: () => void;
  className?: string;
}

/** A block of code with a copy button. If the clipboard is blocked, the code is selected and a message says so. */
export function CodeBlock({ code, shown, title, onCopied, className }: CodeBlockProps) {
  const text = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  const failed = outcome !== null && outcome !== "copied";
  return (
    <figure className={clsx("min-w-0 overflow-hidden rounded border border-border bg-canvas", className)}>
      <figcaption className="flex h-9 items-center justify-between gap-2 border-b border-border pr-1 pl-3 text-xs text-muted">
        {title}
        <CopyButton
          text={code}
          label={copyMessages.about(title)}
          target={text}
          variant="ghost"
          className="h-7"
          onOutcome={(result) => {
            setOutcome(result);
            if (result === "copied") onCopied?.();
          }}
        />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a scroll container, not a fieldset */}
      <div
        role="group"
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll container must be reachable by keyboard
        tabIndex={0}
        className="focus-inset overflow-x-auto px-3 py-2.5"
      >
        {/* When the reader copies by hand, the page must contain the complete code. */}
        <pre className="font-mono text-sm">
          <code ref={text}>{shown === undefined || failed ? code : shown}</code>
        </pre>
      </div>
      <p
        role="status"
        className={failed ? "border-t border-border px-3 py-1.5 text-xs text-attention" : "sr-only"}
      >
        {outcome ? copyMessages.outcome[outcome] : null}
      </p>
    </figure>
  );
}
