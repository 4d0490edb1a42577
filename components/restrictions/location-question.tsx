"use client";

import { CircleHelp, Globe, type LucideIcon, Server, Smartphone } from "lucide-react";
import { useId } from "react";
import { LOCATIONS, type Location } from "./kinds.ts";
import { restrictionsText } from "./text.ts";

const ICONS: Record<Location, LucideIcon> = {
  server: Server,
  website: Globe,
  app: Smartphone,
  unknown: CircleHelp,
};

interface LocationQuestionProps {
  location: Location | null;
  onChoose: (location: Location) => void;
}

/** Asks where the key runs, and opens the restriction that fits. */
export function LocationQuestion({ location, onChoose }: LocationQuestionProps) {
  const name = useId();
  const chosen = LOCATIONS.find(({ value }) => value === location);
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 text-sm font-medium">{restrictionsText.location.question}</legend>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
        {LOCATIONS.map(({ value, label, hint }) => {
          const Icon = ICONS[value];
          return (
            <label
              key={value}
              className="grid content-start gap-1 rounded border border-border bg-surface p-3 transition-colors hover:border-edge has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={name}
                value={value}
                checked={value === location}
                onChange={() => onChoose(value)}
                className="sr-only"
              />
              <Icon aria-hidden className="size-4 text-muted" />
              <span className="font-medium">{label}</span>
              <span className="text-sm text-muted">{hint}</span>
            </label>
          );
        })}
      </div>
      <p aria-live="polite" className="min-h-5 text-sm text-muted">
        {chosen ? chosen.why : restrictionsText.location.hint}
      </p>
    </fieldset>
  );
}
