import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import type { RequestFormDeps } from "../../../src/actions/request-form/request-form-deps.ts";
import type { SubmitRequest } from "../../../src/services/services.ts";
import { ana, requestOf } from "../../views/models.ts";
import { catalog } from "./fixtures.ts";

export const userId = PEOPLE.requester.id;

/** What the form asks, which answers as the test says and notes what was sent. */
export const formServices = (
  over: Partial<{
    submit: (command: SubmitRequest) => void;
    trusted: () => never;
    divide: RequestFormDeps["services"]["access"]["divide"];
    withoutEffect: RequestFormDeps["services"]["coverage"]["withoutEffect"];
  }> = {},
) => {
  const submitted: SubmitRequest[] = [];
  const services: RequestFormDeps["services"] = {
    people: {
      trusted: async () => over.trusted?.() ?? { ...ana, userId },
      groupsOf: async () => [],
      membersOf: async () => [],
      isAdmin: async () => false,
    },
    catalog,
    catalogAge: () => ({ readAt: new Date("2026-11-22T00:00:00Z"), isOld: false }),
    access: {
      submit: async (command) => {
        over.submit?.(command);
        submitted.push(command);
        return [requestOf()];
      },
      divide: async (consoles) => over.divide?.(consoles) ?? [{ consoles }],
    },
    coverage: { withoutEffect: async (consoles) => over.withoutEffect?.(consoles) ?? [] },
  };
  return { submitted, services };
};
