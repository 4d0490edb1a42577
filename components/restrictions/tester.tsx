"use client";

import { useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { Card } from "../ui/card.tsx";
import { firstCall, type TestCall } from "./test-call.ts";
import { TestVerdict } from "./test-verdict.tsx";
import { AppFields, OperationFields } from "./tester-call.tsx";
import { Select, Text } from "./tester-controls.tsx";
import { restrictionsText } from "./text.ts";
import type { SeenIpAddress } from "./types.ts";
import { useSimulation } from "./use-simulation.ts";

const TEXT = restrictionsText.tester;

interface TesterProps {
  /** The route that evaluates: a key's, or the project's for a new key. */
  href: string;
  apis: EnabledApi[];
  seen: SeenIpAddress | null;
  /** What to start with instead of a request from this browser. */
  call?: Partial<TestCall>;
  /** The valid part of the draft. */
  restrictions: Restrictions;
  /** Number of invalid entries, which are ignored. */
  ignored: number;
  /** The restrictions are not saved yet. */
  isDraft: boolean;
}

/** Tests a request against the draft: the verdict of each restriction, before anything is saved. */
export function Tester(props: TesterProps) {
  const { href, apis, seen, call: first = {}, restrictions, ignored, isDraft } = props;
  const [call, setCall] = useState(() => ({
    ...firstCall(restrictions.apis[0]?.api ?? apis[0]?.slug ?? ""),
    ...(Object.keys(first).length > 0 ? first : { address: seen?.address ?? "" }),
  }));
  const set = (part: Partial<TestCall>) => setCall((now) => ({ ...now, ...part }));
  const { data, error, stale } = useSimulation(href, call, restrictions);
  const api = apis.find(({ slug }) => slug === call.api);
  return (
    <Card className="grid gap-4">
      <div>
        <h3 className="text-lg font-semibold">{TEXT.title}</h3>
        <p className="text-sm text-muted">{isDraft ? TEXT.draft : TEXT.saved}</p>
      </div>
      {apis.length === 0 ? (
        <p className="text-sm text-muted">{TEXT.noApis}</p>
      ) : (
        <>
          <div className="grid gap-3">
            <Text
              label={TEXT.ip}
              placeholder="198.51.100.7"
              value={call.address}
              onText={(address) => set({ address })}
            />
            <Text
              label={TEXT.page}
              placeholder="https://example.com/shop"
              value={call.page}
              onText={(page) => set({ page })}
            />
            <AppFields call={call} set={set} />
            <Select label={TEXT.api} value={call.api} onText={(slug) => set({ api: slug, operation: "" })}>
              {apis.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </Select>
            <OperationFields call={call} api={api} set={set} />
            {call.requiredScopes === "" && !api?.scopes.length ? null : (
              <Text
                label={TEXT.requiredScopes}
                placeholder={api?.scopes[0]?.name ?? "badges:write"}
                value={call.requiredScopes}
                onText={(requiredScopes) => set({ requiredScopes })}
              />
            )}
          </div>
          <TestVerdict simulation={data} error={error} stale={stale} ignored={ignored} />
        </>
      )}
    </Card>
  );
}
