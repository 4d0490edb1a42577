CREATE TABLE "provider_logouts" (
	"hash" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "provider_logouts_at" ON "provider_logouts" USING btree ("at");