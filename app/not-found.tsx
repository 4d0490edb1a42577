import { ButtonLink } from "#components/ui/button.tsx";
import { Fault } from "#components/ui/fault.tsx";

export default function NotFound() {
  return (
    <main className="px-4">
      <Fault title="There is no such page" actions={<ButtonLink href="/projects">To the portal</ButtonLink>}>
        <p>The address is wrong, or what it led to has moved.</p>
      </Fault>
    </main>
  );
}
