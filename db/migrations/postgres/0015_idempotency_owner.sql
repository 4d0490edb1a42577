ALTER TABLE "idempotency" ADD COLUMN "owner" text;--> statement-breakpoint
CREATE INDEX "idempotency_owner" ON "idempotency" USING btree ("owner");