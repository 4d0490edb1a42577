import { clsx } from "clsx";
import { FormattedNumber } from "../ui/number.tsx";
import type { StackLayer } from "./stack.ts";
import { chartsText } from "./text.ts";

interface LegendProps {
  layers: StackLayer[];
  hidden: ReadonlySet<string>;
  onChange: (hidden: ReadonlySet<string>) => void;
}

/** Names the colors, with their totals. Pressing a layer hides it; pressing it again shows it. */
export function Legend({ layers, hidden, onChange }: LegendProps) {
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    // A chart without layers would look like a chart without requests.
    if (layers.every((layer) => next.has(layer.id))) return;
    onChange(next);
  };
  return (
    <ul className="-mx-2 flex flex-wrap gap-x-1" aria-label={chartsText.layers}>
      {layers.map((layer) => {
        const on = !hidden.has(layer.id);
        return (
          <li key={layer.id} className="max-w-full min-w-0">
            <button
              type="button"
              aria-pressed={on}
              onClick={() => toggle(layer.id)}
              className="focus-inset inline-flex h-8 max-w-full items-center gap-2 rounded px-2 text-sm hover:bg-hover"
            >
              <Swatch color={layer.color} on={on} />
              <span className={clsx("truncate", !on && "text-muted line-through")}>{layer.label}</span>
              <FormattedNumber value={layer.total} compact className="text-muted" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** A square in the color of a layer; hollow when the layer is hidden. */
export function Swatch({ color, on = true }: { color: string; on?: boolean }) {
  return (
    <svg aria-hidden width={10} height={10} className="shrink-0">
      <rect
        x={1}
        y={1}
        width={8}
        height={8}
        rx={2}
        fill={on ? color : "transparent"}
        stroke={color}
        strokeWidth={1.5}
      />
    </svg>
  );
}
