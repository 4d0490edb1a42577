import Form from "next/form";
import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterSelect } from "../ui/filter.tsx";
import type { UnusedState } from "./address.ts";
import { UNUSED_BASE } from "./base.ts";

type Option = [value: string, words: string];

const FIELDS: { name: keyof UnusedState; label: string; fallback: string; options: Option[] }[] = [
  {
    name: "unusedForDays",
    label: "Unused for",
    fallback: "90",
    options: ["30", "60", "90", "180", "365"].map((days) => [days, `Unused for ${days} days`]),
  },
  {
    name: "used",
    label: "Ever used",
    fallback: "",
    options: [
      ["", "Used once or never"],
      ["once", "Used once"],
      ["never", "Never used"],
    ],
  },
  {
    name: "environment",
    label: "Environment",
    fallback: "",
    options: [
      ["", "Live and test"],
      ["live", "Live"],
      ["test", "Test"],
    ],
  },
  {
    name: "restricted",
    label: "Restrictions",
    fallback: "",
    options: [
      ["", "Restricted or not"],
      ["none", "Unrestricted"],
      ["no-application", "Without address, website or app"],
      ["application", "With address, website or app"],
    ],
  },
  {
    name: "sort",
    label: "Order",
    fallback: "idleSince",
    options: [
      ["idleSince", "Longest unused first"],
      ["-idleSince", "Latest used first"],
      ["createdAt", "Oldest first"],
      ["-createdAt", "Newest first"],
    ],
  },
];

/** What the list of unused keys is narrowed by. A plain form: it works before any script does. */
export function UnusedFilters({ state }: { state: UnusedState }) {
  const days = state.unusedForDays ?? "90";
  return (
    <Form action={UNUSED_BASE} role="search" aria-label="Filter unused keys" className="flex flex-wrap gap-2">
      {FIELDS.map(({ name, label, fallback, options }) => (
        <FilterSelect
          key={`${name} ${state[name]}`}
          name={name}
          aria-label={label}
          defaultValue={state[name] ?? fallback}
        >
          {/* A number of days that somebody wrote into the address. */}
          {name === "unusedForDays" && !options.some(([value]) => value === days) ? (
            <option value={days}>{`Unused for ${days} days`}</option>
          ) : null}
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </FilterSelect>
      ))}
      {state.projectId ? <input type="hidden" name="projectId" value={state.projectId} /> : null}
      <Button type="submit">Filter</Button>
      {Object.keys(state).length > 0 ? <ButtonLink href={UNUSED_BASE}>Clear</ButtonLink> : null}
    </Form>
  );
}
