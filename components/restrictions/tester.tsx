"use client";

import { type ReactNode, useId, useState } from "react";
import type { Restrictions } from "#core/restrictions/types.ts";
import { Card } from "../ui/card.tsx";
import { FilterInput, FilterSelect } from "../ui/filter.tsx";
import { SegmentedControl } from "../ui/segmented.tsx";
import { firstCall, METHODS, type TestCall } from "./test-call.ts";
import { TestVerdict } from "./test-verdict.tsx";
import type { EditorApi, SeenAddress } from "./types.ts";
import { useSimulation } from "./use-simulation.ts";

interface TesterProps {
  subject: { projectId: string; id: string };
  apis: EditorApi[];
  seen: SeenAddress | null;
  /** What the call is held to: the draft, as far as it can be read. */
  restrictions: Restrictions;
  /** Rows of the draft that can't be read, and so are left out. */
  leftOut: number;
}

/** A call of one's own against the draft: the verdict, rule by rule, before anything is saved. */
export function Tester({ subject, apis, seen, restrictions, leftOut }: TesterProps) {
  const [call, setCall] = useState(() => ({
    ...firstCall(restrictions.apis[0]?.api ?? apis[0]?.slug ?? ""),
    address: seen?.address ?? "",
  }));
  const set = (part: Partial<TestCall>) => setCall((now) => ({ ...now, ...part }));
  const { data, error, stale } = useSimulation(subject, call, restrictions);
  const api = apis.find(({ slug }) => slug === call.api);
  return (
    <Card className="grid gap-4">
      <div>
        <h3 className="text-lg font-semibold">Test it</h3>
        <p className="text-sm text-muted">
          What the draft says of a call, as you type. Nothing is sent, counted or saved.
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

type PartProps = { call: TestCall; set: (part: Partial<TestCall>) => void };

const APPS = [
  { value: "none", label: "None" },
  { value: "android", label: "Android" },
  { value: "ios", label: "iOS" },
];

function AppFields({ call, set }: PartProps) {
  return (
    <div className="grid gap-2">
      <div className="grid gap-1.5">
        <span aria-hidden className="text-sm font-medium">
          App
        </span>
        <SegmentedControl
          label="App"
          options={APPS}
          value={call.app}
          onChange={(app) => set({ app: app as TestCall["app"] })}
        />
      </div>
      {call.app === "android" ? (
        <>
          <Text
            label="Package"
            placeholder="com.example.app"
            value={call.androidPackage}
            onText={(androidPackage) => set({ androidPackage })}
          />
          <Text
            label="Certificate’s SHA-1"
            placeholder="40 hexadecimal digits"
            value={call.androidCertSha1}
            onText={(androidCertSha1) => set({ androidCertSha1 })}
          />
        </>
      ) : null}
      {call.app === "ios" ? (
        <Text
          label="Bundle id"
          placeholder="com.example.app"
          value={call.iosBundleId}
          onText={(iosBundleId) => set({ iosBundleId })}
        />
      ) : null}
    </div>
  );
}

const NAMED_BY = [
  { value: "operation", label: "By name" },
  { value: "path", label: "By method and path" },
];

function OperationFields({ call, api, set }: PartProps & { api: EditorApi | undefined }) {
  const names = api?.operations ?? [];
  return (
    <div className="grid gap-2">
      <span aria-hidden className="text-sm font-medium">
        Operation
      </span>
      <SegmentedControl
        label="How the operation is named"
        options={NAMED_BY}
        value={call.by}
        onChange={(by) => set({ by: by as TestCall["by"] })}
      />
      {call.by === "path" ? (
        <div className="grid grid-cols-[6.5rem_1fr] gap-2">
          <Select label="Method" hideLabel value={call.method} onText={(method) => set({ method })}>
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </Select>
          <Text
            label="Path"
            hideLabel
            placeholder="/v1/badges/42"
            value={call.path}
            onText={(path) => set({ path })}
          />
        </div>
      ) : names.length > 0 ? (
        <Select label="Operation" hideLabel value={call.operation} onText={(operation) => set({ operation })}>
          <option value="">None named</option>
          {names.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      ) : (
        <Text
          label="Operation"
          hideLabel
          placeholder="badges.sync"
          value={call.operation}
          onText={(operation) => set({ operation })}
        />
      )}
    </div>
  );
}

interface ControlProps {
  label: string;
  hideLabel?: boolean;
  value: string;
  onText: (text: string) => void;
}

function Text({ label, hideLabel, value, placeholder, onText }: ControlProps & { placeholder: string }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <FilterInput
        id={id}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={2_000}
        onChange={(event) => onText(event.currentTarget.value)}
        className="font-mono"
      />
    </div>
  );
}

function Select({ label, hideLabel, value, onText, children }: ControlProps & { children: ReactNode }) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-sm font-medium"}>
        {label}
      </label>
      <FilterSelect id={id} value={value} onChange={(event) => onText(event.currentTarget.value)}>
        {children}
      </FilterSelect>
    </div>
  );
}
