CREATE TABLE `site_counts` (
	`name` text PRIMARY KEY NOT NULL,
	`claimed_until` integer NOT NULL,
	`counted_at` integer,
	`took_ms` integer DEFAULT 0 NOT NULL,
	`counts` text
);
--> statement-breakpoint
CREATE INDEX `usage_denied` ON `usage` (`project_id`,`interval`,`bucket`,`code`,`count`) WHERE "usage"."code" <> 'VALID';