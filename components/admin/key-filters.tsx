import { keyFiltersText as listText } from "../keys/filters-text.ts";
import { STATUS_TEXT } from "../keys/status-text.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterSelect } from "../ui/filter.tsx";
import { QueryForm } from "../ui/query-form.tsx";
import { SearchInput } from "../ui/search-input.tsx";
import { keyFiltersText as text } from "./key-filters-text.ts";

interface AdminKeyFiltersProps {
  base: string;
  state: Partial<Record<string, string>>;
}

const DAYS = {
  unusedForDays: ["30", "60", "90", "180"],
  secretOlderThanDays: ["30", "90", "365"],
  secretNewerThanDays: ["30", "90", "365"],
};

const FIELDS: { name: keyof typeof text.fields; options: [value: string, words: string][] }[] = [
  { name: "status", options: [...Object.entries(STATUS_TEXT), ["not-revoked", text.notRevoked]] },
  { name: "environment", options: Object.entries(text.environment) },
  { name: "restricted", options: Object.entries(text.restricted) },
  { name: "unusedForDays", options: DAYS.unusedForDays.map((days) => [days, text.unusedFor(days)]) },
  { name: "secretOlderThanDays", options: DAYS.secretOlderThanDays.map((days) => [days, text.over(days)]) },
  { name: "secretNewerThanDays", options: DAYS.secretNewerThanDays.map((days) => [days, text.under(days)]) },
  { name: "leaked", options: Object.entries(text.leaked) },
];

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
      {FIELDS.map(({ name, options }) => (
        <FilterSelect
          key={`${name} ${state[name]}`}
          name={name}
          aria-label={text.fields[name].label}
          defaultValue={state[name] ?? ""}
        >
          <option value="">{text.fields[name].any}</option>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </FilterSelect>
      ))}
      {state.projectId ? <input type="hidden" name="projectId" value={state.projectId} /> : null}
      <Button type="submit">{text.submit}</Button>
      {Object.keys(state).length > 0 ? <ButtonLink href={base}>{text.clear}</ButtonLink> : null}
    </QueryForm>
  );
}
