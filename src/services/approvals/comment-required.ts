import type { Approval, Decision } from "./approval.ts";

/** Whether the configuration asks for a comment with this verdict. */
export const commentRequired = ({ config: { requiresComment } }: Pick<Approval, "config">, given: Decision["verdict"]): boolean =>
  requiresComment === "ALL" || requiresComment === (given === "APPROVED" ? "APPROVAL" : "REJECTION");
