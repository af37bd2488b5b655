import { explain } from "../../src/services/approvals/explain.ts";
import type { Explanation } from "../../src/services/approvals/explanation.ts";
import { approvalOf, at, requestOf } from "./models.ts";

/** Of Ana's request, which waits for Ben. */
export const anExplanation = (over: Partial<Parameters<typeof explain>[0]> = {}): Explanation =>
  explain(
    { approval: approvalOf(), request: requestOf(), madeTogether: [], members: new Map(), admins: [], ...over },
    at("2026-03-16T08:00:00Z"),
  );
