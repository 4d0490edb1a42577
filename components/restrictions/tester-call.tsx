"use client";

import type { EnabledApi } from "#domain/catalog/enablement/schema.ts";
import { SegmentedControl } from "../ui/segmented.tsx";
import { METHODS, type TestCall } from "./test-call.ts";
import { Select, Text } from "./tester-controls.tsx";
import { restrictionsText } from "./text.ts";

const TEXT = restrictionsText.tester;

type PartProps = { call: TestCall; set: (part: Partial<TestCall>) => void };

const APPS = [
  { value: "none", label: TEXT.apps.none },
  { value: "android", label: TEXT.apps.android },
  { value: "ios", label: TEXT.apps.ios },
];

/** The calling app, if any. */
export function AppFields({ call, set }: PartProps) {
  return (
    <div className="grid gap-2">
      <div className="grid gap-1.5">
        <span aria-hidden className="text-sm font-medium">
          {TEXT.app}
        </span>
        <SegmentedControl
          label={TEXT.app}
          options={APPS}
          value={call.app}
          onChange={(app) => set({ app: app as TestCall["app"] })}
        />
      </div>
      {call.app === "android" ? (
        <>
          <Text
            label={TEXT.androidPackage}
            placeholder="com.example.app"
            value={call.androidPackage}
            onText={(androidPackage) => set({ androidPackage })}
          />
          <Text
            label={TEXT.androidCertificate}
            placeholder={TEXT.certificatePlaceholder}
            value={call.androidCertSha1}
            onText={(androidCertSha1) => set({ androidCertSha1 })}
          />
        </>
      ) : null}
      {call.app === "ios" ? (
        <Text
          label={TEXT.iosBundle}
          placeholder="com.example.app"
          value={call.iosBundleId}
          onText={(iosBundleId) => set({ iosBundleId })}
        />
      ) : null}
    </div>
  );
}

/** With more operations, the name is typed. */
const MAX_OPTIONS = 200;

const FIND_BY = [
  { value: "operation", label: TEXT.byName },
  { value: "path", label: TEXT.byPath },
];

/** The called operation, by name or by method and path. */
export function OperationFields({ call, api, set }: PartProps & { api: EnabledApi | undefined }) {
  const names = api?.operations ?? [];
  return (
    <div className="grid gap-2">
      <span aria-hidden className="text-sm font-medium">
        {TEXT.operation}
      </span>
      <SegmentedControl
        label={TEXT.operationBy}
        options={FIND_BY}
        value={call.by}
        onChange={(by) => set({ by: by as TestCall["by"] })}
      />
      {call.by === "path" ? (
        <div className="grid grid-cols-[6.5rem_1fr] gap-2">
          <Select label={TEXT.method} hideLabel value={call.method} onText={(method) => set({ method })}>
            {METHODS.map((method) => (
              <option key={method}>{method}</option>
            ))}
          </Select>
          <Text
            label={TEXT.path}
            hideLabel
            placeholder="/v1/badges/42"
            value={call.path}
            onText={(path) => set({ path })}
          />
        </div>
      ) : names.length > 0 && names.length <= MAX_OPTIONS && api?.complete ? (
        <Select
          label={TEXT.operation}
          hideLabel
          value={call.operation}
          onText={(operation) => set({ operation })}
        >
          <option value="">{TEXT.noOperation}</option>
          {names.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      ) : (
        <Text
          label={TEXT.operation}
          hideLabel
          placeholder="badges.sync"
          value={call.operation}
          onText={(operation) => set({ operation })}
        />
      )}
    </div>
  );
}
