import type { Failure } from "../access/request.ts";

/** Why no access came of an approval in SailPoint. */
export interface GovernedRefusal {
  readonly sailpointId: string;
  readonly name: string | null;
  readonly requesteeUserId: string | null;
  readonly refusal: Failure;
}
