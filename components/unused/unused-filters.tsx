import Form from "next/form";
import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";
import type { UnusedState } from "./unused-state.ts";
import { UNUSED_BASE } from "./unused-state.ts";

type Option = [value: string, words: string];

const FIELDS: { name: keyof UnusedState; label: string; fallback: string; options: Option[] }[] = [
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

/** Any number will do; these are at hand. */
const DAYS_AT_HAND = ["30", "60", "90", "180", "365"];

interface UnusedFiltersProps {
  state: UnusedState;
  /** Those to choose from: by name, as many as one can look through. */
  projects: { id: string; name: string }[];
}

/** What the list of unused keys is narrowed by. A plain form: it works before any script does. */
export function UnusedFilters({ state, projects }: UnusedFiltersProps) {
  const { projectId = "" } = state;
  return (
    <Form action={UNUSED_BASE} role="search" aria-label="Filter unused keys" className="flex flex-wrap gap-2">
      <span className="flex items-center gap-2 text-sm whitespace-nowrap text-muted">
        Unused for
        <span className="w-24">
          <FilterInput
            key={state.unusedForDays}
            name="unusedForDays"
            aria-label="Unused for so many days"
            type="number"
            required
            min={1}
            max={36_500}
            list="unused-for-days"
            defaultValue={state.unusedForDays ?? "90"}
            className="text-ink"
          />
        </span>
        days
      </span>
      <datalist id="unused-for-days">
        {DAYS_AT_HAND.map((days) => (
          <option key={days} value={days} />
        ))}
      </datalist>
      <FilterSelect
        key={`project ${projectId}`}
        name="projectId"
        aria-label="Project"
        defaultValue={projectId}
        className="max-w-56"
      >
        <option value="">Every project</option>
        {/* One that is not among those at hand. */}
        {projectId === "" || projects.some(({ id }) => id === projectId) ? null : (
          <option value={projectId}>{projectId}</option>
        )}
        {projects.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterSelect>
      {FIELDS.map(({ name, label, fallback, options }) => (
        <FilterSelect
          key={`${name} ${state[name]}`}
          name={name}
          aria-label={label}
          defaultValue={state[name] ?? fallback}
        >
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </FilterSelect>
      ))}
      <Button type="submit">Filter</Button>
      {Object.keys(state).length > 0 ? <ButtonLink href={UNUSED_BASE}>Clear</ButtonLink> : null}
    </Form>
  );
}
