CREATE INDEX `keys_disabled` ON `keys` (`created_at`,`id`) WHERE "keys"."enabled" = false;--> statement-breakpoint
CREATE INDEX `keys_ended` ON `keys` (`created_at`,`id`) WHERE "keys"."revoked_at" is not null;--> statement-breakpoint
CREATE INDEX `keys_test` ON `keys` (`created_at`,`id`) WHERE "keys"."environment" = 'test';