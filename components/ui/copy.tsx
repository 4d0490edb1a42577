"use client";

import { Check, Copy } from "lucide-react";
import { type Ref, type RefObject, useEffect, useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { cx } from "./cx.ts";

/** `selected`: the clipboard refused, the text is selected and waits for the reader's own copy. */
export type CopyOutcome = "copied" | "selected" | "refused";

/** Copies, and tells the truth: where the clipboard refuses, the text in `fallback` is selected instead. */
export async function copyText(text: string, fallback: HTMLElement | null): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    if (!fallback) return "refused";
    const selection = window.getSelection();
    selection?.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(fallback);
    selection?.addRange(range);
    return "selected";
  }
}

/** The words for each outcome. */
export const COPY_WORDS: Record<CopyOutcome, string> = {
  copied: "Copied.",
  selected: "The browser refused the clipboard. The text is selected: press Ctrl+C or ⌘C.",
  refused: "The browser refused the clipboard. Select the text and copy it yourself.",
};

interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy key id". The visible word is only "Copy", or nothing with `iconOnly`. */
  label: string;
  /** Where the text stands on the page, to be selected when the clipboard refuses. */
  target?: RefObject<HTMLElement | null>;
  iconOnly?: boolean;
  size?: ButtonSize;
  variant?: ButtonVariant;
  onOutcome?: (outcome: CopyOutcome) => void;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
}

const SHOWN_MS = 2_500;

export function CopyButton({
  text,
  label,
  target,
  iconOnly,
  size = "sm",
  variant,
  onOutcome,
  className,
  ref,
}: CopyButtonProps) {
  const [outcome, setOutcome] = useState<CopyOutcome | null>(null);

  useEffect(() => {
    if (outcome !== "copied") return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    const result = await copyText(text, target?.current ?? null);
    setOutcome(result);
    onOutcome?.(result);
  };
  const failed = outcome === "selected" || outcome === "refused";
  return (
    <>
      <Button
        ref={ref}
        size={iconOnly ? "icon" : size}
        variant={variant ?? (iconOnly ? "ghost" : "secondary")}
        aria-label={outcome === "copied" ? `Copied. ${label}` : label}
        data-tip={iconOnly ? (failed && !onOutcome ? COPY_WORDS[outcome] : label) : undefined}
        className={cx(iconOnly && "size-6", className)}
        onClick={copy}
      >
        {outcome === "copied" ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
        {iconOnly ? null : outcome === "copied" ? "Copied" : "Copy"}
      </Button>
      <span role="status" className={failed && !onOutcome ? "text-xs text-attention" : "sr-only"}>
        {outcome && !onOutcome ? COPY_WORDS[outcome] : null}
      </span>
    </>
  );
}

/** An id or hint in mono with a way to copy it. */
export function CopyText({ text, label, className }: { text: string; label: string; className?: string }) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return (
    <span className={cx("inline-flex max-w-full items-center gap-1", className)}>
      <span ref={setElement} className="min-w-0 truncate font-mono text-sm">
        {text}
      </span>
      <CopyButton text={text} label={label} target={{ current: element }} iconOnly />
    </span>
  );
}
