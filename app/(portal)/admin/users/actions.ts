"use server";

import { inviteToSite as invite } from "#domain/access/accounts/invite-to-site.ts";
import { inviteToSiteSchema } from "#domain/access/accounts/schema.ts";
import { sendPasswordReset as sendReset } from "#domain/admin/reset-password.ts";
import { setSiteRoleSchema, userRefSchema } from "#domain/admin/schema.ts";
import { disableUser as disable, enableUser as enable, setSiteRole as set } from "#domain/admin/users.ts";
import { action, createAction } from "#server/action.ts";

export const inviteToSite = createAction("site-invitation", inviteToSiteSchema, invite);
export const setSiteRole = action(setSiteRoleSchema, set);
export const disableUser = action(userRefSchema, disable);
export const enableUser = action(userRefSchema, enable);
export const sendPasswordReset = action(userRefSchema, sendReset, { revalidate: false });
