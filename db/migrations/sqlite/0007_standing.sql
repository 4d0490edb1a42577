CREATE TABLE `care_untold` (
	`what` text NOT NULL,
	`project_id` text NOT NULL,
	`keys` integer NOT NULL,
	`days` integer NOT NULL,
	`key_id` text NOT NULL,
	`idle_since` integer NOT NULL,
	PRIMARY KEY(`what`, `project_id`)
);
--> statement-breakpoint
CREATE TABLE `job_marks` (
	`job` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `keys_idle`;--> statement-breakpoint
ALTER TABLE `keys` ADD `stands_since` integer;--> statement-breakpoint
ALTER TABLE `keys` ADD `idle_told_at` integer;--> statement-breakpoint
CREATE INDEX `keys_expiring` ON `keys` (`expires_at`,`id`) WHERE "keys"."revoked_at" is null and "keys"."expires_at" is not null;--> statement-breakpoint
CREATE INDEX `keys_idle` ON `keys` ((case when "stands_since" is not null and ("last_used_at" is null or "last_used_at" < "stands_since") then "stands_since" when "last_used_at" is null then "created_at" else "last_used_at" end),`id`) WHERE "keys"."revoked_at" is null;--> statement-breakpoint
ALTER TABLE `secrets` ADD `cut_at` integer;--> statement-breakpoint
ALTER TABLE `sweep_keys` ADD `revoked_at` integer;--> statement-breakpoint
ALTER TABLE `sweeps` ADD `started_by` text;--> statement-breakpoint
ALTER TABLE `sweeps` ADD `started_by_name` text;--> statement-breakpoint
ALTER TABLE `sweeps` ADD `undone_by` text;--> statement-breakpoint
ALTER TABLE `sweeps` ADD `undone_by_name` text;--> statement-breakpoint
ALTER TABLE `verifiers` ADD `feed_gaps` text;--> statement-breakpoint
ALTER TABLE `verifiers` ADD `counted_to` integer;--> statement-breakpoint
-- Before it was noted, who made the preview passed for who confirmed it.
UPDATE `sweeps` SET `started_by` = `created_by`, `started_by_name` = `created_by_name` WHERE `started_at` IS NOT NULL;--> statement-breakpoint
UPDATE `sweep_keys` SET `revoked_at` = (
	SELECT k.revoked_at FROM `keys` k, `sweeps` s
	WHERE k.id = `sweep_keys`.`key_id` AND s.id = `sweep_keys`.`sweep_id` AND k.revoked_at >= s.started_at
		AND (s.ended_at IS NULL OR k.revoked_at <= s.ended_at)
) WHERE `state` = 'revoked';
