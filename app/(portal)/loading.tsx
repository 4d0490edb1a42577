import { PageSkeleton } from "#components/app-shell/page-skeleton.tsx";

export default function Loading() {
  return <PageSkeleton />;
}
