import { END_PRIORITY } from "./end-access.ts";
import type { AccessRequest } from "./request.ts";

/** What somebody broke the glass for goes before grants, as ends do. */
export const jobUrgency = ({ origin }: Pick<AccessRequest, "origin">): { readonly priority?: number } =>
  origin === "BREAK_GLASS" ? { priority: END_PRIORITY } : {};
