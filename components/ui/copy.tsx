"use client";

import { clsx } from "clsx";
import { Check, Copy } from "lucide-react";
import { type Ref, type RefObject, useEffect, useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button.tsx";
import { copyMessages } from "./copy-text.ts";

/** `selected`: the clipboard is blocked and the text is selected, so that the reader can copy it. */
export type CopyOutcome = "copied" | "selected" | "blocked";

/** Copies `text`. If the clipboard is blocked, selects the text of `fallback` instead and says so. */
export async function copyText(text: string, fallback: HTMLElement | null): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    if (!fallback) return "blocked";
    const selection = window.getSelection();
    selection?.removeAllRanges();
    const range = document.createRange();
    range.selectNodeContents(fallback);
    selection?.addRange(range);
    return "selected";
  }
}

interface CopyButtonProps {
  text: string;
  /** The accessible name, such as "Copy key id". The visible label is "Copy", or only an icon with `iconOnly`. */
  label: string;
  /** The element that shows the text, which is selected if the clipboard is blocked. */
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
  const failed = outcome === "selected" || outcome === "blocked";
  return (
    <>
      <Button
        ref={ref}
        size={iconOnly ? "icon" : size}
        variant={variant ?? (iconOnly ? "ghost" : "secondary")}
        aria-label={outcome === "copied" ? copyMessages.copiedAbout(label) : label}
        data-tip={iconOnly ? (failed && !onOutcome ? copyMessages.outcome[outcome] : label) : undefined}
        className={clsx(iconOnly && "size-6", className)}
        onClick={copy}
      >
        {outcome === "copied" ? <Check aria-hidden className="text-good" /> : <Copy aria-hidden />}
        {iconOnly ? null : outcome === "copied" ? copyMessages.copied : copyMessages.label}
      </Button>
      <span role="status" className={failed && !onOutcome ? "text-xs text-attention" : "sr-only"}>
        {outcome && !onOutcome ? copyMessages.outcome[outcome] : null}
      </span>
    </>
  );
}

/** An id or hint in monospace with a copy button. */
export function CopyText({ text, label, className }: { text: string; label: string; className?: string }) {
  const [element, setElement] = useState<HTMLElement | null>(null);
  return (
    <span className={clsx("inline-flex max-w-full items-center gap-1", className)}>
      <span ref={setElement} title={text} className="min-w-0 truncate font-mono text-sm">
        {text}
      </span>
      <CopyButton text={text} label={label} target={{ current: element }} iconOnly />
    </span>
  );
}
