"use client";

import { useRef, useState } from "react";
import { COPY_WORDS, CopyButton, type CopyOutcome } from "./copy.tsx";
import { cx } from "./cx.ts";

interface CodeBlockProps {
  /** What is copied, to the character. */
  code: string;
  /** What is shown instead, where the code holds something masked. */
  shown?: string;
  /** What this is: "curl", ".env". */
  title: string;
  onCopied?: () => void;
  className?: string;
}

/** Code in a box, copied with one press. When the clipboard refuses, it is selected, and that is said. */
export function CodeBlock({ code, shown, title, onCopied, className }: CodeBlockProps) {
  const text = useRef<HTMLElement>(null);
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);
  const failed = outcome !== null && outcome !== "copied";
  return (
    <figure className={cx("min-w-0 overflow-hidden rounded border border-border bg-canvas", className)}>
      <figcaption className="flex h-9 items-center justify-between gap-2 border-b border-border pr-1 pl-3 text-xs text-muted">
        {title}
        <CopyButton
          text={code}
          label={`Copy ${title}`}
          target={text}
          variant="ghost"
          className="h-7"
          onOutcome={(result) => {
            setOutcome(result);
            if (result === "copied") onCopied?.();
          }}
        />
      </figcaption>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling box, and no fieldset */}
      <div
        role="group"
        aria-label={title}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="focus-inset overflow-x-auto px-3 py-2.5"
      >
        {/* The whole code is on the page while it is to be copied by hand, since that is what gets copied. */}
        <pre className="font-mono text-sm">
          <code ref={text}>{shown === undefined || failed ? code : shown}</code>
        </pre>
      </div>
      <p
        role="status"
        className={failed ? "border-t border-border px-3 py-1.5 text-xs text-attention" : "sr-only"}
      >
        {outcome ? COPY_WORDS[outcome] : null}
      </p>
    </figure>
  );
}
