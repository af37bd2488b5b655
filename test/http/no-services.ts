import { PortcullisError } from "../../src/errors.ts";
import type { ControlServices } from "../../src/http/control/control-commands.ts";
import type { FindingsService } from "../../src/services/access/reconcile/findings-service.ts";
import type { RulesService } from "../../src/services/rules/rules-service.ts";

const notAsked = () => Promise.reject(new PortcullisError("request_unknown"));

/** What a socket answers through which nobody asks; a test puts what it asks about over it. */
export const noServices: ControlServices = {
  // Of the rules only what `pra` asks to see whether somebody listens.
  rules: { findScopes: () => [] } as Partial<RulesService> as RulesService,
  access: { list: async () => [], preview: async () => [], revoke: async () => [], end: async () => [] },
  findings: {} as Partial<FindingsService> as FindingsService,
  explain: notAsked,
  audit: { verify: notAsked, export: notAsked, bundle: notAsked, examine: notAsked },
  adminLedger: { note: notAsked },
};
