import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterInput, FilterOptions, FilterSelect, NamedOptions } from "../ui/filter.tsx";
import { QueryForm } from "../ui/query-form.tsx";
import { uiText } from "../ui/text.ts";
import { unusedText } from "./text.ts";
import { UNUSED_BASE, type UnusedState } from "./unused-state.ts";

const text = unusedText.filters;

type Option = [value: string, words: string];

const FIELDS: { name: keyof UnusedState; label: string; fallback: string; options: Option[] }[] = [
  {
    name: "used",
    label: text.used.label,
    fallback: "",
    options: [
      ["", text.used.any],
      ["once", text.used.once],
      ["never", text.used.never],
    ],
  },
  {
    name: "environment",
    label: text.environment.label,
    fallback: "",
    options: [
      ["", text.environment.any],
      ["live", text.environment.live],
      ["test", text.environment.test],
    ],
  },
  {
    name: "restricted",
    label: text.restricted.label,
    fallback: "",
    options: [
      ["", text.restricted.any],
      ["none", text.restricted.none],
      ["no-application", text.restricted.noApplication],
      ["application", text.restricted.application],
    ],
  },
  {
    name: "sort",
    label: text.sort.label,
    fallback: "idleSince",
    options: [
      ["idleSince", text.sort.longestUnused],
      ["-idleSince", text.sort.recentlyUsed],
      ["createdAt", text.sort.oldest],
      ["-createdAt", text.sort.newest],
    ],
  },
];

/** Suggestions; any number is allowed. */
const SUGGESTED_DAYS = ["30", "60", "90", "180", "365"];

interface UnusedFiltersProps {
  state: UnusedState;
  /** The projects to choose from. */
  projects: { id: string; name: string }[];
}

/** The filters of the list. A plain form, which works without a script. */
export function UnusedFilters({ state, projects }: UnusedFiltersProps) {
  const { projectId = "" } = state;
  return (
    <QueryForm action={UNUSED_BASE} role="search" aria-label={text.label} className="flex flex-wrap gap-2">
      <span className="flex items-center gap-2 text-sm whitespace-nowrap text-muted">
        {text.unusedFor}
        <span className="w-24">
          <FilterInput
            key={state.unusedForDays}
            name="unusedForDays"
            aria-label={text.daysLabel}
            type="number"
            required
            min={1}
            max={36_500}
            list="unused-for-days"
            defaultValue={state.unusedForDays ?? "90"}
            className="text-ink"
          />
        </span>
        {text.days}
      </span>
      <datalist id="unused-for-days">
        {SUGGESTED_DAYS.map((days) => (
          <option key={days} value={days} />
        ))}
      </datalist>
      <FilterSelect
        key={`project ${projectId}`}
        name="projectId"
        aria-label={text.project}
        defaultValue={projectId}
        className="max-w-56"
      >
        <NamedOptions any={text.allProjects} items={projects} value={projectId} />
      </FilterSelect>
      {FIELDS.map(({ name, label, fallback, options }) => (
        <FilterSelect
          key={`${name} ${state[name]}`}
          name={name}
          aria-label={label}
          defaultValue={state[name] ?? fallback}
        >
          <FilterOptions options={options} />
        </FilterSelect>
      ))}
      <Button type="submit">{uiText.filter}</Button>
      {Object.keys(state).length > 0 ? <ButtonLink href={UNUSED_BASE}>{uiText.clear}</ButtonLink> : null}
    </QueryForm>
  );
}
