"use client";

import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { VERDICT_CODES } from "#core/verdict.ts";
import { Button, ButtonLink } from "../ui/button.tsx";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import type { RequestState } from "./request-state.ts";
import { requestsText as text } from "./text.ts";

interface RequestFiltersProps {
  state: RequestState;
  /** Empty when only one key is shown. */
  keys: { id: string; name: string }[];
  apis: { slug: string; name: string }[];
  hrefOf: (change: Partial<RequestState>) => string;
}

const OUTCOMES = Object.entries(text.outcomes).map(([value, label]) => ({ value, label }));

export function RequestFilters({ state, keys, apis, hrefOf }: RequestFiltersProps) {
  const router = useRouter();
  const apply = (change: Partial<RequestState>) => router.replace(hrefOf(change), { scroll: false });
  const applyTexts = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const typedIn = (name: string) => String(fields.get(name)).trim() || undefined;
    apply({ operation: typedIn("operation"), request: typedIn("request") });
  };
  const { key, api } = state;
  const isFiltered = Object.entries(state).some(([name, value]) => name !== "cursor" && value !== undefined);
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SegmentedControl
        label={text.outcome}
        options={OUTCOMES}
        value={state.outcome ?? "any"}
        onChange={(value) =>
          apply({ outcome: value === "allowed" || value === "denied" ? value : undefined })
        }
      />
      <FilterSelect
        aria-label={text.code}
        value={state.code ?? ""}
        onChange={(event) =>
          apply({ code: VERDICT_CODES.find((code) => code === event.currentTarget.value) })
        }
      >
        <option value="">{text.anyCode}</option>
        {VERDICT_CODES.map((code) => (
          <option key={code}>{code}</option>
        ))}
      </FilterSelect>
      {keys.length > 0 ? (
        <FilterSelect
          aria-label={text.key}
          value={key ?? ""}
          onChange={(event) => apply({ key: event.currentTarget.value || undefined })}
          className="sm:max-w-56"
        >
          <option value="">{text.anyKey}</option>
          {key && !keys.some(({ id }) => id === key) ? <option value={key}>{key}</option> : null}
          {keys.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </FilterSelect>
      ) : null}
      <FilterSelect
        aria-label={text.api}
        value={api ?? ""}
        onChange={(event) => apply({ api: event.currentTarget.value || undefined })}
        className="sm:max-w-56"
      >
        <option value="">{text.anyApi}</option>
        {api && !apis.some(({ slug }) => slug === api) ? <option value={api}>{api}</option> : null}
        {apis.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </FilterSelect>
      <form onSubmit={applyTexts} className="flex flex-wrap items-center gap-2">
        {(["operation", "request"] as const).map((name) => (
          // The width of an input itself is that of its container.
          <span key={name} className="w-44 max-sm:flex-1 max-sm:basis-2/5">
            <FilterInput
              // A link or "Clear filters" changes it too.
              key={state[name]}
              name={name}
              maxLength={200}
              defaultValue={state[name] ?? ""}
              aria-label={name === "request" ? text.requestId : text.operation}
              placeholder={name === "request" ? text.requestId : text.operation}
            />
          </span>
        ))}
        <Button size="sm" type="submit">
          {text.search}
        </Button>
      </form>
      {isFiltered ? (
        <ButtonLink
          size="sm"
          variant="ghost"
          href={hrefOf({
            outcome: undefined,
            code: undefined,
            key: undefined,
            api: undefined,
            operation: undefined,
            request: undefined,
          })}
        >
          {text.clear}
        </ButtonLink>
      ) : null}
    </search>
  );
}
