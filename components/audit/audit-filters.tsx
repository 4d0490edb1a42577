import { Download } from "lucide-react";
import { Button, ButtonLink, buttonClass } from "../ui/button.tsx";
import { FilterInput, FilterOptions, FilterSelect, NamedOptions } from "../ui/filter.tsx";
import { QueryForm } from "../ui/query-form.tsx";
import { uiText } from "../ui/text.ts";
import { AUDIT_LOG, type AuditState } from "./audit-state.ts";
import { auditText } from "./text.ts";

const text = auditText.filters;

interface AuditFiltersProps {
  /** The page's address. */
  base: string;
  state: AuditState;
  /** The people to choose from. */
  people: { id: string; name: string }[];
  /** The actions to choose from, by noun. */
  actions: ReadonlyMap<string, string[]>;
  /** Names the field for an id. */
  aboutLabel: string;
}

/** The filters of the audit log, and the download of the result. A plain form, which works without a script. */
export function AuditFilters({ base, state, people, actions, aboutLabel }: AuditFiltersProps) {
  return (
    <QueryForm action={base} role="search" aria-label={text.label} className="flex flex-wrap items-end gap-2">
      <FilterSelect
        key={`w${state.actor}`}
        name="actor"
        aria-label={text.person}
        defaultValue={state.actor ?? ""}
      >
        <NamedOptions any={text.anyone} items={people} value={state.actor} />
      </FilterSelect>
      <FilterSelect
        key={`a${state.action}`}
        name="action"
        aria-label={text.action}
        defaultValue={state.action ?? ""}
        className="sm:w-44"
      >
        <option value="">{text.anyAction}</option>
        {[...actions].map(([noun, ofNoun]) => (
          <optgroup key={noun} label={noun}>
            <option value={noun}>{text.allOf(noun)}</option>
            <FilterOptions options={ofNoun.map((action) => [action, action] as const)} />
          </optgroup>
        ))}
      </FilterSelect>
      <FilterInput
        key={`i${state.about}`}
        name="about"
        aria-label={aboutLabel}
        placeholder={aboutLabel}
        defaultValue={state.about ?? ""}
        className="w-full sm:w-56"
      />
      <DayInput name="from" label={text.from} value={state.from} />
      <DayInput name="to" label={text.to} value={state.to} />
      <Button type="submit">{uiText.filter}</Button>
      {AUDIT_LOG.isFiltered(state) ? <ButtonLink href={base}>{uiText.clear}</ButtonLink> : null}
      <span className="ml-auto flex gap-2">
        {(["jsonl", "csv"] as const).map((format) => (
          <a
            key={format}
            href={AUDIT_LOG.href(`${base}/export?format=${format}`, state)}
            download
            aria-label={text.download(format.toUpperCase())}
            className={buttonClass()}
          >
            <Download aria-hidden />
            {format.toUpperCase()}
          </a>
        ))}
      </span>
    </QueryForm>
  );
}

function DayInput({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  const id = `audit-${name}`;
  return (
    <span className="flex items-center gap-2 text-sm text-muted max-sm:w-full">
      <label htmlFor={id} title={text.days} className="max-sm:w-10">
        {label}
      </label>
      <FilterInput
        key={value}
        id={id}
        type="date"
        name={name}
        defaultValue={value ?? ""}
        className="sm:w-36"
      />
    </span>
  );
}
