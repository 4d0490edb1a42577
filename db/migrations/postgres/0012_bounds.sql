CREATE INDEX "invitations_inviter" ON "invitations" USING btree ("created_by","created_at");--> statement-breakpoint
CREATE INDEX "keys_revoked" ON "keys" USING btree ("project_id","revoked_at");