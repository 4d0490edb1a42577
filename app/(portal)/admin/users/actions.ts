"use server";

import { inviteToSite as invite } from "#domain/access/accounts/invite-to-site.ts";
import { inviteToSiteSchema } from "#domain/access/accounts/schemas.ts";
import { setSiteRoleSchema, userSchema } from "#domain/admin/schemas.ts";
import { disableUser as disable, enableUser as enable, setSiteRole as set } from "#domain/admin/users.ts";
import { action, createAction } from "#server/action.ts";

export const inviteToSite = createAction("site-invitation", inviteToSiteSchema, invite);
export const setSiteRole = action(setSiteRoleSchema, set);
export const disableUser = action(userSchema, disable);
export const enableUser = action(userSchema, enable);
