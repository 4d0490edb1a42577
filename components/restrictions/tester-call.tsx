"use client";

import { SegmentedControl } from "../ui/segmented.tsx";
import { METHODS, type TestCall } from "./test-call.ts";
import { Select, Text } from "./tester-controls.tsx";
import type { EditorApi } from "./types.ts";

type PartProps = { call: TestCall; set: (part: Partial<TestCall>) => void };

const APPS = [
  { value: "none", label: "None" },
  { value: "android", label: "Android" },
  { value: "ios", label: "iOS" },
];

/** The app that calls, if one does. */
export function AppFields({ call, set }: PartProps) {
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

/** Of more operations the name is typed. */
const MAX_OPTIONS = 200;

const NAMED_BY = [
  { value: "operation", label: "By name" },
  { value: "path", label: "By method and path" },
];

/** What is called, by its name or as the API sees it. */
export function OperationFields({ call, api, set }: PartProps & { api: EditorApi | undefined }) {
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
      ) : names.length > 0 && names.length <= MAX_OPTIONS && api?.complete ? (
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
