"use client";

import { useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import { Card } from "../ui/card.tsx";
import { firstCall, type TestCall } from "./test-call.ts";
import { TestVerdict } from "./test-verdict.tsx";
import { AppFields, OperationFields } from "./tester-call.tsx";
import { Select, Text } from "./tester-controls.tsx";
import type { EditorApi, SeenAddress } from "./types.ts";
import { useSimulation } from "./use-simulation.ts";

interface TesterProps {
  /** The route that judges: a key's, or the project's for one that is yet to be made. */
  href: string;
  apis: EditorApi[];
  seen: SeenAddress | null;
  /** What the call is held to: the draft, as far as it can be read. */
  restrictions: Restrictions;
  /** Rows of the draft that can't be read, and so are left out. */
  leftOut: number;
  /** They are not saved yet. */
  isDraft: boolean;
}

/** A call of one's own against the draft: the verdict, rule by rule, before anything is saved. */
export function Tester({ href, apis, seen, restrictions, leftOut, isDraft }: TesterProps) {
  const [call, setCall] = useState(() => ({
    ...firstCall(restrictions.apis[0]?.api ?? apis[0]?.slug ?? ""),
    address: seen?.address ?? "",
  }));
  const set = (part: Partial<TestCall>) => setCall((now) => ({ ...now, ...part }));
  const { data, error, stale } = useSimulation(href, call, restrictions);
  const api = apis.find(({ slug }) => slug === call.api);
  return (
    <Card className="grid gap-4">
      <div>
        <h3 className="text-lg font-semibold">Test it</h3>
        <p className="text-sm text-muted">
          What {isDraft ? "the draft says" : "these restrictions say"} of a call, as you type. Nothing is
          counted or saved.
        </p>
      </div>
      {apis.length === 0 ? (
        <p className="text-sm text-muted">There is nothing to call yet: the project has no API enabled.</p>
      ) : (
        <>
          <div className="grid gap-3">
            <Text
              label="Caller’s address"
              placeholder="198.51.100.7"
              value={call.address}
              onText={(address) => set({ address })}
            />
            <Text
              label="Page that calls"
              placeholder="https://example.com/shop"
              value={call.page}
              onText={(page) => set({ page })}
            />
            <AppFields call={call} set={set} />
            <Select label="API" value={call.api} onText={(slug) => set({ api: slug, operation: "" })}>
              {apis.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name}
                </option>
              ))}
            </Select>
            <OperationFields call={call} api={api} set={set} />
          </div>
          <TestVerdict simulation={data} fault={error} stale={stale} leftOut={leftOut} />
        </>
      )}
    </Card>
  );
}
