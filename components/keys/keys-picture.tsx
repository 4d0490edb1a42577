import { Sparkline } from "../charts/sparkline.tsx";

const ROWS = [
  { name: 128, hint: 92, week: [3, 5, 4, 6, 7, 2, 1] },
  { name: 96, hint: 92, week: [1, 1, 2, 2, 3, 4, 5] },
  { name: 150, hint: 92, week: [6, 6, 5, 7, 6, 3, 3] },
];

/** What the table looks like with keys in it, drawn faintly. */
export function KeysPicture() {
  return (
    <div className="rounded border border-border opacity-50">
      {ROWS.map((row) => (
        <div
          key={row.name}
          className="flex items-center justify-between border-b border-border px-4 py-3 last:border-b-0"
        >
          <svg width={160} height={22} className="text-edge" aria-hidden="true">
            <rect width={row.name} height={8} rx={2} fill="currentColor" opacity={0.55} />
            <rect y={14} width={row.hint} height={6} rx={2} fill="currentColor" opacity={0.3} />
          </svg>
          <Sparkline points={row.week.map((valid) => ({ valid, denied: valid > 5 ? 1 : 0 }))} />
        </div>
      ))}
    </div>
  );
}
