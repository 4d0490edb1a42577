"use client";

import { useId } from "react";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { Checkbox, Radio } from "../ui/checkbox.tsx";
import type { ApiChoice, DraftChange } from "./draft.ts";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.scopes;

interface ScopeChooserProps {
  api: EnabledApi;
  choice: ApiChoice;
  change: (change: DraftChange) => void;
}

/** All scopes of an API, or selected ones. Shows nothing for an API without scopes. */
export function ScopeChooser({ api, choice, change }: ScopeChooserProps) {
  const name = useId();
  const { scopes } = choice;
  const declared = new Set(api.scopes.map((scope) => scope.name));
  // The key may still have a scope that the API no longer declares.
  const others = (scopes ?? []).filter((scope) => !declared.has(scope));
  if (api.scopes.length + others.length === 0) return null;
  const none = scopes?.length === 0;
  return (
    <fieldset aria-label={TEXT.of(api.name)} data-invalid={none || undefined} className="ml-6.5 grid gap-2">
      <div className="flex flex-wrap gap-x-6">
        <Radio
          name={name}
          label={TEXT.all}
          checked={scopes === null}
          onChange={() => change({ kind: "scopes", api: api.slug, scopes: null })}
        />
        <Radio
          name={name}
          label={TEXT.some}
          checked={scopes !== null}
          onChange={() => change({ kind: "scopes", api: api.slug, scopes: [] })}
        />
      </div>
      {scopes === null ? null : (
        <div className="grid gap-3 border-l border-border pl-4">
          {none ? (
            <p role="status" className="text-sm font-medium text-bad">
              {TEXT.chooseOne}
            </p>
          ) : null}
          <div className="grid max-h-64 gap-x-4 overflow-y-auto sm:grid-cols-2">
            {[...api.scopes, ...others.map((scope) => ({ name: scope, description: TEXT.gone }))].map(
              ({ name: scope, description }) => (
                <Checkbox
                  key={scope}
                  label={<span className="font-mono text-sm break-all">{scope}</span>}
                  hint={description || undefined}
                  checked={scopes.includes(scope)}
                  onChange={(event) =>
                    change({ kind: "scope", api: api.slug, scope, on: event.currentTarget.checked })
                  }
                />
              ),
            )}
          </div>
        </div>
      )}
    </fieldset>
  );
}
