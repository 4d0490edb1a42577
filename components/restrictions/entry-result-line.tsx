import { CircleAlert, TriangleAlert } from "lucide-react";
import type { EntryResult } from "#domain/keys/restrictions/schema.ts";
import { Button } from "../ui/button.tsx";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.rows;

interface EntryResultLineProps {
  id: string;
  result: EntryResult | undefined;
  /** The typed text, to say when it is saved differently. */
  typed: string;
  /** The row has the focus: assistive technology reads the result. */
  live: boolean;
  /** Each suggestion is an alternative; otherwise all of them together replace the row. */
  oneOf: boolean;
  onUse: (entries: string[]) => void;
}

/** What a row means, or what is wrong with it, with corrections. */
export function EntryResultLine({ id, result, typed, live, oneOf, onUse }: EntryResultLineProps) {
  return (
    <div id={id} aria-live={live ? "polite" : "off"} className="grid min-h-5 gap-1 text-sm">
      {result === undefined ? (
        <p className="text-muted">{typed === "" ? null : TEXT.checking}</p>
      ) : result.ok ? (
        <>
          <p className="text-muted">
            {result.text === typed ? null : (
              <>
                {TEXT.savedAs} <span className="font-mono break-all text-ink">{result.text}</span>.{" "}
              </>
            )}
            {result.meaning}
          </p>
          {result.notices.filter(isOfRow).map((notice) => (
            <p key={notice.code} className="flex gap-1.5 text-attention">
              <TriangleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
              <span>{notice.message}</span>
            </p>
          ))}
        </>
      ) : (
        <>
          <p className="flex gap-1.5 font-medium text-bad">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span>{result.message}</span>
          </p>
          <Suggestions suggestions={result.suggestions} oneOf={oneOf} onUse={onUse} />
        </>
      )}
    </div>
  );
}

/** The notice about all apps is shown once, above the rows. */
function isOfRow({ code }: { code: string }): boolean {
  return code !== "app-forgeable";
}

function Suggestions({
  suggestions,
  oneOf,
  onUse,
}: { suggestions: string[] } & Pick<EntryResultLineProps, "oneOf" | "onUse">) {
  if (suggestions.length === 0) return null;
  const choices = oneOf ? suggestions.map((text) => [text]) : [suggestions];
  return (
    <div className="flex flex-wrap gap-2">
      {choices.map((entries) => (
        <Button key={entries.join(" ")} size="sm" className="max-w-full" onClick={() => onUse(entries)}>
          <span className="truncate">
            {TEXT.use}{" "}
            {entries.map((text, at) => (
              <span key={text}>
                {at === 0 ? null : at === entries.length - 1 ? " and " : ", "}
                <span className="font-mono">{text}</span>
              </span>
            ))}
          </span>
        </Button>
      ))}
    </div>
  );
}
