import { z } from "zod";
import { LOOSENINGS } from "../../services/policy/loosens.ts";
import { SCOPES } from "../../services/policy/rules.ts";
import { CHANGE_STATUSES } from "../../services/rules/change-rows.ts";

/** What the commands answer, as it comes out of JSON. */
const key = { scope: z.enum(SCOPES), scopeId: z.string(), name: z.string().nullable() };
const kind = z.enum(["add", "change", "remove", "none"]);
const diff = z.array(z.object({ sign: z.enum(["+", "-", " "]), text: z.string() }));
const loosens = z.array(z.enum(LOOSENINGS));

export const OutcomeAnswer = z.object({
  ...key,
  kind,
  result: z.enum(["planned", "unchanged", "applied", "waiting"]),
  baseRevision: z.number(),
  revision: z.number(),
  loosens,
  diff,
  changeId: z.string().nullable(),
});
export type OutcomeAnswer = z.infer<typeof OutcomeAnswer>;

export const RulesAnswer = z.object({
  ...key,
  revision: z.number(),
  changedBy: z.string(),
  changedAt: z.string(),
  yaml: z.string(),
  rules: z.unknown(),
});
export const FrozenAnswer = z.object({ label: z.string(), approvalId: z.string(), yaml: z.string(), rules: z.unknown() });
export const ExportAnswer = z.object({ yaml: z.string(), rules: z.array(RulesAnswer) });

export const ChangeAnswer = z.object({
  ...key,
  id: z.string(),
  kind,
  diff,
  loosens,
  status: z.enum(CHANGE_STATUSES),
  baseRevision: z.number(),
  proposedBy: z.string(),
  proposedAt: z.string(),
  settledBy: z.string().nullable(),
  settledAt: z.string().nullable(),
});
export type ChangeAnswer = z.infer<typeof ChangeAnswer>;
export const ListAnswer = z.object({ rules: z.array(RulesAnswer), waiting: z.array(ChangeAnswer), hasSecondAdmin: z.boolean() });
