import type { ProjectRole } from "#db/tables/projects.ts";
import { Radio } from "../ui/checkbox.tsx";
import { FieldGroup } from "../ui/field.tsx";
import { membersText } from "./text.ts";

const ROLES: ProjectRole[] = ["viewer", "developer", "owner"];

/** A choice of role that says what each role can do. */
export function RoleField({ initial }: { initial: ProjectRole }) {
  return (
    <FieldGroup name="role" legend={membersText.roleField}>
      <div className="grid gap-1.5">
        {ROLES.map((role) => (
          <Radio
            key={role}
            name="role"
            value={role}
            defaultChecked={role === initial}
            label={membersText.roles[role].name}
            hint={membersText.roles[role].may}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
