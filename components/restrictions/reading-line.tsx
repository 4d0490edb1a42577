import { CircleAlert, TriangleAlert } from "lucide-react";
import type { EntryReading } from "#domain/keys/restrictions/schema.ts";
import { Button } from "../ui/button.tsx";

interface ReadingLineProps {
  id: string;
  reading: EntryReading | undefined;
  /** What is typed, to say when it is saved otherwise. */
  typed: string;
  /** Somebody is typing in this row: the answer is read out. */
  live: boolean;
  /** Each suggestion stands for itself; otherwise all of them together are what was meant. */
  oneOf: boolean;
  onUse: (entries: string[]) => void;
}

/** What a row means, or what is wrong with it and what would be right. */
export function ReadingLine({ id, reading, typed, live, oneOf, onUse }: ReadingLineProps) {
  return (
    <div id={id} aria-live={live ? "polite" : "off"} className="grid min-h-5 gap-1 text-sm">
      {reading === undefined ? (
        <p className="text-muted">{typed === "" ? null : "Reading…"}</p>
      ) : reading.ok ? (
        <>
          <p className="break-words text-muted">
            {reading.text === typed ? null : (
              <>
                Saved as <span className="font-mono break-all text-ink">{reading.text}</span>.{" "}
              </>
            )}
            {reading.meaning}
          </p>
          {reading.notices.filter(isOfRow).map((notice) => (
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
            <span>{reading.message}</span>
          </p>
          <Suggestions suggestions={reading.suggestions} oneOf={oneOf} onUse={onUse} />
        </>
      )}
    </div>
  );
}

/** What is so of every app is said once, above the rows. */
function isOfRow({ code }: { code: string }): boolean {
  return code !== "app-forgeable";
}

function Suggestions({
  suggestions,
  oneOf,
  onUse,
}: { suggestions: string[] } & Pick<ReadingLineProps, "oneOf" | "onUse">) {
  if (suggestions.length === 0) return null;
  const choices = oneOf ? suggestions.map((text) => [text]) : [suggestions];
  return (
    <div className="flex flex-wrap gap-2">
      {choices.map((entries) => (
        <Button key={entries.join(" ")} size="sm" className="max-w-full" onClick={() => onUse(entries)}>
          <span className="truncate">
            Use{" "}
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
