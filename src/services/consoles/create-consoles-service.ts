import { PortcullisError } from "../../errors.ts";
import { doneWithin } from "../../timers.ts";
import { administratorName } from "../zpa-admin/administrator.ts";
import { readRoom } from "./console-room.ts";
import type { ConsolesService } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";
import { findConsoles } from "./find-consoles.ts";
import { lookAtConsole } from "./look-at-console.ts";
import { lookForConsoles, makeConsoles } from "./make-consoles.ts";
import { planConsoles } from "./plan-consoles.ts";
import { planSwitch, switchConsole } from "./switch-console.ts";

/** A form waits three seconds for what it is told. */
const FORM_MILLISECONDS = 2_200;

/** The use-cases of consoles. Writes take turns, so that a second one sees what the first has made. */
export const createConsolesService = (ports: ConsolesPorts): ConsolesService => {
  const make = makeConsoles(ports);
  const switchOne = switchConsole(ports);
  return {
    find: findConsoles(ports),
    look: lookAtConsole(ports),
    room: async ({ by, microtenantId }) => {
      await administratorName(ports.people, by);
      const { consoles: _, targets: __, ...room } = await readRoom(ports, microtenantId);
      return room;
    },
    plan: async ({ by, wanted }) => {
      await administratorName(ports.people, by);
      const reading = readRoom(ports, wanted.microtenantId);
      if (!(await doneWithin(ports.timers, FORM_MILLISECONDS, reading))) throw new PortcullisError("zpa_busy");
      return planConsoles(await reading, wanted);
    },
    make: (command) => ports.consoleTurns.run(() => make(command)),
    lookFor: lookForConsoles(ports),
    planSwitch: planSwitch(ports),
    switch: (command) => ports.consoleTurns.run(() => switchOne(command)),
  };
};
