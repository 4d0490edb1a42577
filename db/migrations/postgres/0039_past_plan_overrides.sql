CREATE TABLE "past_plan_overrides" (
	"project_id" text NOT NULL,
	"plan_id" text NOT NULL,
	"terms" jsonb NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	CONSTRAINT "past_plan_overrides_project_id_plan_id_starts_at_pk" PRIMARY KEY("project_id","plan_id","starts_at")
);
--> statement-breakpoint
ALTER TABLE "past_plan_overrides" ADD CONSTRAINT "past_plan_overrides_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "past_plan_overrides" ADD CONSTRAINT "past_plan_overrides_plan_id_plans_id_fk" FOREIGN KEY ("plan_id") REFERENCES "public"."plans"("id") ON DELETE cascade ON UPDATE no action;