/** A bar whose length shows a count relative to `max`. A count above zero is always visible. */
export function CountBar({ value, max, colour }: { value: number; max: number; colour: string }) {
  const percent = value === 0 ? 0 : Math.max(1, (value / Math.max(1, max)) * 100);
  return (
    <svg aria-hidden="true" viewBox="0 0 100 1" preserveAspectRatio="none" className="h-1.5 w-full">
      <rect width={100} height={1} fill="var(--border)" />
      <rect width={percent} height={1} fill={colour} />
    </svg>
  );
}
