import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import type { Holder } from "../services/approvals/approval.ts";
import { ACTION, BLOCK } from "../views/ids.ts";

/** The fields with which a form asks to whom seats go. */
export const AssigneeValues = {
  [BLOCK.assignee]: z.object({ [ACTION.assignee]: z.object({ selected_user: z.string().nullish() }) }),
  [BLOCK.assigneeGroup]: z
    .object({ [ACTION.assigneeGroup]: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) })
    .optional(),
};
const Assignee = z.object(AssigneeValues);

/** @throws PortcullisError `assignee_missing` for nobody, and for a person and a group at once */
export function chosenHolder(values: z.infer<typeof Assignee>): Holder {
  const userId = values[BLOCK.assignee][ACTION.assignee].selected_user ?? null;
  const groupId = values[BLOCK.assigneeGroup]?.[ACTION.assigneeGroup].selected_option?.value ?? null;
  if (userId !== null && groupId === null) return { kind: "person", userId };
  if (groupId !== null && userId === null) return { kind: "group", groupId };
  throw new PortcullisError("assignee_missing", { field: "assignee" });
}
