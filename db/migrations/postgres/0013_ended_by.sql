ALTER TABLE "idempotency" ADD COLUMN "credential" jsonb;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "disabled_by" text;--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "revoked_by" text;--> statement-breakpoint
-- From the audit log, where it shows who ended a key. A reason was only given by administrators and by rules.
UPDATE "keys" SET "revoked_by" = (
	SELECT CASE
		WHEN a."after" ->> 'reason' = 'A secret of it was found in public' THEN 'leak'
		WHEN a.via = 'system' THEN 'policy'
		WHEN a."after" ->> 'reason' IS NOT NULL OR u.site_role = 'admin' THEN 'admin'
		WHEN a.actor_id IS NOT NULL THEN 'member'
	END FROM "audit" a LEFT JOIN "users" u ON u.id = a.actor_id
	WHERE a.subject_id = "keys"."id" AND a.action = 'key.revoked' ORDER BY a.seq DESC LIMIT 1
) WHERE "revoked_at" IS NOT NULL;--> statement-breakpoint
UPDATE "keys" SET "disabled_by" = (
	SELECT CASE
		WHEN a."after" ->> 'reason' = 'A secret of it was found in public' THEN 'leak'
		WHEN a.via = 'system' THEN 'policy'
		WHEN a."after" ->> 'reason' IS NOT NULL OR u.site_role = 'admin' THEN 'admin'
		WHEN a.actor_id IS NOT NULL THEN 'member'
	END FROM "audit" a LEFT JOIN "users" u ON u.id = a.actor_id
	WHERE a.subject_id = "keys"."id" AND a.action IN ('key.disabled', 'key.updated')
		AND a."after" ->> 'enabled' = 'false' ORDER BY a.seq DESC LIMIT 1
) WHERE NOT "enabled";
