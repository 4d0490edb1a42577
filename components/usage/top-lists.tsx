import type { TopList, TopUsage } from "#domain/usage/schema.ts";
import { CountBar, codeColor } from "../charts/count-bar.tsx";
import { Card } from "../ui/card.tsx";
import { formatShare } from "../ui/format.ts";
import { FormattedNumber } from "../ui/number.tsx";
import { groupLabel } from "./group-label.ts";
import { usageText } from "./text.ts";
import { type FilterName, GROUP_NAMES, USAGE_GROUPS } from "./usage-state.ts";
import type { UsageViewState } from "./use-usage.ts";

interface TopListsProps extends Pick<UsageViewState, "change"> {
  top: TopUsage;
}

const { top: text } = usageText;
/** The group of requests that have no value of a label. */
const NO_GROUP = "(none)";

/** The ten largest groups by each label. Pressing one narrows the numbers to it. */
export function TopLists({ top, change }: TopListsProps) {
  // A list without named groups has no information.
  const lists = top.lists.filter(({ groups }) => groups.some(({ group }) => group !== NO_GROUP));
  if (lists.length === 0) return null;
  return (
    <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
      {lists.map((list) => (
        <TopCard key={list.groupBy} list={list} total={top.total} change={change} />
      ))}
    </div>
  );
}

function TopCard({ list, total, change }: { list: TopList; total: number } & Pick<TopListsProps, "change">) {
  const name = GROUP_NAMES.find((each) => USAGE_GROUPS[each] === list.groupBy) ?? "outcome";
  const filter: FilterName = name === "outcome" ? "code" : name;
  const isCode = name === "outcome";
  return (
    <Card className="grid content-start gap-3">
      <h2 className="text-base font-semibold">{text[name]}</h2>
      <ul className="grid gap-1" aria-label={text[name]}>
        {list.groups.map(({ group, label, total: count }) => (
          <li key={group}>
            <button
              type="button"
              onClick={() => change({ [filter]: group }, "push")}
              className="relative -mx-2 grid w-[calc(100%+1rem)] gap-1 rounded px-2 py-1 text-left text-sm hover:bg-hover"
            >
              <span className="sr-only">{text.narrow}</span>
              <Counted label={groupLabel(name, { group, label })} count={count} total={total} mono={isCode} />
              <CountBar value={count} max={total} color={isCode ? codeColor(group) : "var(--chart-1)"} />
            </button>
          </li>
        ))}
        {list.others > 0 ? (
          <li className="grid gap-1 py-1 text-sm text-muted">
            <Counted label={text.others} count={list.others} total={total} />
            <CountBar value={list.others} max={total} color="var(--chart-other)" />
          </li>
        ) : null}
      </ul>
    </Card>
  );
}

function Counted({
  label,
  count,
  total,
  mono,
}: {
  label: string;
  count: number;
  total: number;
  mono?: boolean;
}) {
  return (
    <span className="flex items-baseline justify-between gap-3">
      <span className={mono ? "min-w-0 truncate font-mono" : "min-w-0 truncate"}>{label}</span>
      <span className="whitespace-nowrap">
        <FormattedNumber value={count} />
        <span className="ml-3 inline-block min-w-12 text-right text-muted tabular-nums">
          {formatShare(count, total)}
        </span>
      </span>
    </span>
  );
}
