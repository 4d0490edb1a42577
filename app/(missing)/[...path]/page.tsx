import { notFound } from "next/navigation";

/**
 * Any URL that no other page has. A `not-found.tsx` beside the root layout would do, but Next puts that into every page,
 * and this one has the whole navigation.
 */
export default function MissingPage(): never {
  notFound();
}
