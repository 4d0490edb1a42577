import type { Metadata } from "next";
import { FoundKeyForm } from "#components/auth/found-key-form.tsx";
import { AuthTitle } from "#components/auth/page-parts.tsx";
import { authText } from "#components/auth/text.ts";
import { reportFoundKey } from "../actions.ts";
import { reportFoundKeyNatively } from "../native-actions.ts";

const { foundKey: text } = authText;

export const metadata: Metadata = { title: text.title };

/** For anyone who finds a key of this site. */
export default function FoundAKeyPage() {
  return (
    <>
      <AuthTitle title={text.title}>{text.body}</AuthTitle>
      <FoundKeyForm report={reportFoundKey} sent={reportFoundKeyNatively} />
    </>
  );
}
