import type { ProjectRole } from "#db/tables/projects.ts";
import { Radio } from "../ui/checkbox.tsx";
import { FieldGroup } from "../ui/field.tsx";

export const ROLE_WORDS: Record<ProjectRole, { name: string; may: string }> = {
  viewer: { name: "Viewer", may: "Sees keys and usage, changes nothing." },
  developer: { name: "Developer", may: "Also makes, changes and revokes keys, and enables APIs." },
  owner: { name: "Owner", may: "Also decides who belongs to the project, and may delete it." },
};

const ROLES: ProjectRole[] = ["viewer", "developer", "owner"];

/** Which role, with what each may do. */
export function RoleField({ initial }: { initial: ProjectRole }) {
  return (
    <FieldGroup name="role" legend="Role">
      <div className="grid gap-1.5">
        {ROLES.map((each) => (
          <Radio
            key={each}
            name="role"
            value={each}
            defaultChecked={each === initial}
            label={ROLE_WORDS[each].name}
            hint={ROLE_WORDS[each].may}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
