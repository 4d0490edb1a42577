import { keyFiltersText as listText } from "../keys/filters-text.ts";
import { STATUS_TEXT } from "../keys/status-text.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterOptions, FilterSelect } from "../ui/filter.tsx";
import { QueryForm } from "../ui/query-form.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { uiText } from "../ui/text.ts";
import { keyFiltersText as text } from "./key-filters-text.ts";

interface AdminKeyFiltersProps {
  base: string;
  state: Partial<Record<string, string>>;
}

type FilterName = keyof typeof text.fields;
type FilterOption = [value: string, words: string];

const CHOICES: Partial<Record<FilterName, FilterOption[]>> = {
  status: [...Object.entries(STATUS_TEXT), ["not-revoked", text.notRevoked]],
  environment: Object.entries(text.environment),
  restricted: Object.entries(text.restricted),
  leaked: Object.entries(text.leaked),
};
const DAYS: Partial<Record<FilterName, { suggested: number[]; words: (days: number) => string }>> = {
  unusedForDays: { suggested: [30, 60, 90, 180], words: text.unusedFor },
  secretOlderThanDays: { suggested: [30, 90, 365], words: text.over },
  secretNewerThanDays: { suggested: [30, 90, 365], words: text.under },
};
const NAMES = Object.keys(text.fields) as FilterName[];

/** The options of a filter. A link can have other numbers of days than the suggested ones. */
function optionsOf(name: FilterName, value = ""): FilterOption[] {
  const { suggested, words } = DAYS[name] ?? {};
  if (suggested === undefined || words === undefined) return CHOICES[name] ?? [];
  const all = new Set([...suggested, ...(/^[1-9]\d{0,4}$/.test(value) ? [Number(value)] : [])]);
  return [...all].sort((one, other) => one - other).map((days) => [String(days), words(days)]);
}

/** The filters of the list of all keys. A plain form, which works without a script. */
export function AdminKeyFilters({ base, state }: AdminKeyFiltersProps) {
  return (
    <QueryForm action={base} role="search" aria-label={text.label} className="flex flex-wrap gap-2">
      <SearchInput
        key={`q ${state.q}`}
        name="q"
        aria-label={listText.search}
        placeholder={listText.searchPlaceholder}
        defaultValue={state.q ?? ""}
        maxLength={200}
        className="w-full sm:w-64"
      />
      {NAMES.map((name) => (
        <FilterSelect
          key={`${name} ${state[name]}`}
          name={name}
          aria-label={text.fields[name].label}
          defaultValue={state[name] ?? ""}
        >
          <option value="">{text.fields[name].any}</option>
          <FilterOptions options={optionsOf(name, state[name])} />
        </FilterSelect>
      ))}
      {state.projectId ? <input type="hidden" name="projectId" value={state.projectId} /> : null}
      <Button type="submit">{uiText.filter}</Button>
      {Object.keys(state).length > 0 ? <ButtonLink href={base}>{uiText.clear}</ButtonLink> : null}
    </QueryForm>
  );
}
