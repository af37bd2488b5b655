import { answerReview, readReviewFor } from "./answer-review.ts";
import { breakGlassFor, breakGlassStanding, foretellFor } from "./break-glass.ts";
import type { EmergencyServices } from "./emergency.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";
import { giveOnCall, onCallStanding } from "./give-on-call.ts";

/** What goes past approvers, for those who act in Slack: who they are is asked there, at every step. */
export const createEmergency = (ports: EmergencyPorts): EmergencyServices => {
  const { people } = ports;
  const foretell = foretellFor(ports);
  const breakGlass = breakGlassFor(ports);
  return {
    onCall: onCallStanding(ports),
    give: giveOnCall(ports),
    breakGlassStanding: breakGlassStanding(ports),
    foretellBreakGlass: async ({ by, ...command }) => foretell(await people.trusted(by), command),
    breakGlass: async ({ by, ...command }) => {
      const person = await people.trusted(by);
      return breakGlass(person, command, person.userId);
    },
    readReview: readReviewFor(ports),
    answerReview: answerReview(ports),
  };
};
