import Form from "next/form";
import { keysText, STATUS_TEXT } from "../keys/text.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";

interface AdminKeyFiltersProps {
  base: string;
  state: Partial<Record<string, string>>;
}

const FIELDS: { name: string; label: string; any: string; options: [value: string, words: string][] }[] = [
  {
    name: "status",
    label: "Status",
    any: "Any status",
    options: [...Object.entries(STATUS_TEXT), ["not-revoked", "Not revoked"]],
  },
  {
    name: "environment",
    label: "Environment",
    any: "Live and test",
    options: [
      ["live", "Live"],
      ["test", "Test"],
    ],
  },
  {
    name: "restricted",
    label: "Restrictions",
    any: "Restricted or not",
    options: [
      ["none", "Unrestricted"],
      ["no-application", "Without IP address, website or app"],
      ["application", "With IP address, website or app"],
    ],
  },
  {
    name: "unusedForDays",
    label: "Use",
    any: "Used or not",
    options: ["30", "60", "90", "180"].map((days) => [days, `Unused for ${days} days`]),
  },
  {
    name: "secretOlderThanDays",
    label: "Minimum secret age",
    any: "Secret of any age",
    options: ["30", "90", "365"].map((days) => [days, `Secret over ${days} days old`]),
  },
  {
    name: "secretNewerThanDays",
    label: "Maximum secret age",
    any: "No maximum secret age",
    options: ["30", "90", "365"].map((days) => [days, `Secret under ${days} days old`]),
  },
  {
    name: "leaked",
    label: "Leaks",
    any: "Leaked or not",
    options: [
      ["true", "Leaked and still working"],
      ["false", "Without a working leak"],
    ],
  },
];

/** The filters of the list of all keys. A plain form, which works without a script. */
export function AdminKeyFilters({ base, state }: AdminKeyFiltersProps) {
  return (
    <Form action={base} role="search" aria-label="Filter keys" className="flex flex-wrap gap-2">
      <FilterInput
        key={`q ${state.q}`}
        type="search"
        name="q"
        aria-label={keysText.filters.search}
        placeholder={keysText.filters.searchPlaceholder}
        defaultValue={state.q ?? ""}
        maxLength={200}
        className="w-full sm:w-64"
      />
      {FIELDS.map(({ name, label, any, options }) => (
        <FilterSelect
          key={`${name} ${state[name]}`}
          name={name}
          aria-label={label}
          defaultValue={state[name] ?? ""}
        >
          <option value="">{any}</option>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </FilterSelect>
      ))}
      {state.projectId ? <input type="hidden" name="projectId" value={state.projectId} /> : null}
      <Button type="submit">Filter</Button>
      {Object.keys(state).length > 0 ? <ButtonLink href={base}>Clear</ButtonLink> : null}
    </Form>
  );
}
