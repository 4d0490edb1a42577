CREATE INDEX `invitations_inviter` ON `invitations` (`created_by`,`created_at`);--> statement-breakpoint
CREATE INDEX `keys_revoked` ON `keys` (`project_id`,`revoked_at`);