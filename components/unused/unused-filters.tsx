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
      ["", "Ever used or not"],
      ["once", "Used before"],
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
      ["no-application", "Without IP address, website or app"],
      ["application", "With IP address, website or app"],
    ],
  },
  {
    name: "sort",
    label: "Order",
    fallback: "idleSince",
    options: [
      ["idleSince", "Longest unused first"],
      ["-idleSince", "Most recently used first"],
      ["createdAt", "Oldest first"],
      ["-createdAt", "Newest first"],
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
    <Form action={UNUSED_BASE} role="search" aria-label="Filter unused keys" className="flex flex-wrap gap-2">
      <span className="flex items-center gap-2 text-sm whitespace-nowrap text-muted">
        Unused for
        <span className="w-24">
          <FilterInput
            key={state.unusedForDays}
            name="unusedForDays"
            aria-label="Days without use"
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
        {SUGGESTED_DAYS.map((days) => (
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
        <option value="">All projects</option>
        {/* A project outside of the list. */}
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
