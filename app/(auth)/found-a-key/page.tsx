import type { Metadata } from "next";
import { AuthTitle } from "#components/auth/auth-title.tsx";
import { FoundKeyForm } from "#components/auth/found-key-form.tsx";
import { reportFoundKey } from "../actions.ts";

export const metadata: Metadata = { title: "Found a key?" };

/** For anybody who finds a key of this site somewhere. */
export default function FoundAKeyPage() {
  return (
    <>
      <AuthTitle title="Found a key?">
        Tell us, and its owners are told at once. You need no account, and we ask for nothing else.
      </AuthTitle>
      <FoundKeyForm report={reportFoundKey} />
    </>
  );
}
