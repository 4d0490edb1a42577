CREATE TABLE "statements" (
	"project_id" text NOT NULL,
	"month" text NOT NULL,
	"project_name" text NOT NULL,
	"closed_at" bigint NOT NULL,
	"lines" jsonb NOT NULL,
	CONSTRAINT "statements_project_id_month_pk" PRIMARY KEY("project_id","month")
);
--> statement-breakpoint
CREATE INDEX "statements_month" ON "statements" USING btree ("month");