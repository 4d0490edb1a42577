ALTER TABLE `notices` RENAME TO `notifications`;--> statement-breakpoint
ALTER TABLE `sightings` RENAME TO `client_observations`;--> statement-breakpoint
ALTER TABLE `refusals` RENAME TO `denials`;--> statement-breakpoint
ALTER TABLE `trial_counts` RENAME TO `report_only_counts`;--> statement-breakpoint
ALTER TABLE `care_untold` RENAME TO `pending_notifications`;--> statement-breakpoint
ALTER TABLE `job_marks` RENAME TO `job_cursors`;--> statement-breakpoint
ALTER TABLE `users` RENAME COLUMN `mail_notices` TO `mail_notifications`;--> statement-breakpoint
ALTER TABLE `verifiers` RENAME COLUMN `counted_to` TO `counted_until`;--> statement-breakpoint
ALTER TABLE `verifiers` RENAME COLUMN `rounds` TO `aggregation_cycles`;--> statement-breakpoint
ALTER TABLE `keys` RENAME COLUMN `trial` TO `report_only`;--> statement-breakpoint
ALTER TABLE `keys` RENAME COLUMN `trial_since` TO `report_only_since`;--> statement-breakpoint
ALTER TABLE `keys` RENAME COLUMN `stands_since` TO `active_since`;--> statement-breakpoint
ALTER TABLE `keys` RENAME COLUMN `idle_told_at` TO `idle_notified_at`;--> statement-breakpoint
ALTER TABLE `secrets` RENAME COLUMN `lapses_at` TO `overlap_ends_at`;--> statement-breakpoint
ALTER TABLE `secrets` RENAME COLUMN `cut_at` TO `disables_key_at`;--> statement-breakpoint
ALTER TABLE `daily_runs` RENAME COLUMN `taken_until` TO `claimed_until`;--> statement-breakpoint
ALTER TABLE `leaks` RENAME COLUMN `switched_off` TO `key_disabled`;--> statement-breakpoint
ALTER TABLE `webhooks` RENAME COLUMN `sealed_older` TO `sealed_previous`;--> statement-breakpoint
ALTER TABLE `webhooks` RENAME COLUMN `older_until` TO `previous_until`;--> statement-breakpoint
ALTER TABLE `denials` RENAME COLUMN `trial` TO `report_only`;--> statement-breakpoint
DROP INDEX `notices_user`;--> statement-breakpoint
CREATE INDEX `notifications_user` ON `notifications` (`user_id`,`at`,`event_id`);--> statement-breakpoint
DROP INDEX `notices_mail`;--> statement-breakpoint
CREATE INDEX `notifications_mail` ON `notifications` (`mail`,`mail_at`);--> statement-breakpoint
DROP INDEX `notices_event`;--> statement-breakpoint
CREATE INDEX `notifications_event` ON `notifications` (`event_id`);--> statement-breakpoint
DROP INDEX `refusals_project`;--> statement-breakpoint
CREATE INDEX `denials_project` ON `denials` (`project_id`,`report_only`,`at`,`id`);--> statement-breakpoint
DROP INDEX `refusals_key`;--> statement-breakpoint
CREATE INDEX `denials_key` ON `denials` (`key_id`,`report_only`,`at`,`id`);--> statement-breakpoint
DROP INDEX `refusals_at`;--> statement-breakpoint
CREATE INDEX `denials_at` ON `denials` (`at`);--> statement-breakpoint
DROP INDEX `sightings_day`;--> statement-breakpoint
CREATE INDEX `client_observations_day` ON `client_observations` (`day`);--> statement-breakpoint
DROP INDEX `trial_counts_bucket`;--> statement-breakpoint
CREATE INDEX `report_only_counts_bucket` ON `report_only_counts` (`bucket`);
