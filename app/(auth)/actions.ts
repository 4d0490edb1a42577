"use server";

import { createFirstAdmin as firstAdmin } from "#domain/account/firstAdmin.ts";
import { requestSignUp as request } from "#domain/account/requestSignUp.ts";
import { createFirstAdminSchema, inviteToSiteSchema, signUpSchema } from "#domain/account/schemas.ts";
import { signUp as make } from "#domain/account/signUp.ts";
import { reportFoundKey as reportFound } from "#domain/leaks/report.ts";
import { reportFoundKeySchema } from "#domain/leaks/schemas.ts";
import { acceptInvitation as accept } from "#domain/members/accept.ts";
import { invitationTokenSchema } from "#domain/members/schemas.ts";
import { action, readAction } from "#server/action.ts";

export const createFirstAdmin = action(createFirstAdminSchema, firstAdmin);
export const signUp = action(signUpSchema, make);
export const requestSignUp = action(inviteToSiteSchema, request);
export const acceptInvitation = action(invitationTokenSchema, accept);
export const reportFoundKey = readAction(reportFoundKeySchema, reportFound);
