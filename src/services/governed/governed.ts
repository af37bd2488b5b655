import type { RequestOverview } from "../access/overview.ts";
import type { Failure } from "../access/request.ts";
import type { RequestedTime } from "../schedule/working-hours.ts";

/** Why no access came of an approval in SailPoint. */
export interface GovernedRefusal {
  readonly sailpointId: string;
  readonly name: string | null;
  readonly requesteeUserId: string | null;
  readonly refusal: Failure;
}

/** What an approval that waits in SailPoint would open if it were approved now. */
export type GovernedForecast =
  | ({
      readonly kind: "opens";
      readonly reason: string;
      readonly time: RequestedTime;
      /** Of the attributes that say this. */
      readonly attributeNames: readonly string[];
      /** Whoever reads this asked for it, or would get it: their own yes alone opens nothing. */
      readonly needsOthers: boolean;
    } & Pick<RequestOverview, "consoles" | "alsoOpens" | "withoutEffect" | "window" | "nextOpenings" | "crons" | "offsetChanges">)
  /** Nothing, for this reason. */
  | { readonly kind: "refused"; readonly refusal: Pick<Failure, "code" | "params"> }
  /** It cannot be told now: the catalog is not there yet, or SailPoint has not said all that it carries. */
  | { readonly kind: "unknown" };
